namespace Plugins.Payloads.MessagePack;

/// <summary>What a document may ask of whoever reads it.</summary>
/// <remarks>Immutable, and safe for use by many threads.</remarks>
public sealed record MessagePackReaderOptions
{
    /// <summary>The deepest nesting that can be allowed; each level takes a part of the thread's stack.</summary>
    public const int DeepestAllowed = 1_000;

    /// <summary>The options of a reader that was given none.</summary>
    public static MessagePackReaderOptions Default { get; } = new();

    /// <summary>How many arrays and maps may be inside one another.</summary>
    /// <value>64, as for JSON.</value>
    /// <exception cref="ArgumentOutOfRangeException">Not from 1 to <see cref="DeepestAllowed"/>.</exception>
    public int MaximumDepth
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, DeepestAllowed);
            field = value;
        }
    }
    = 64;

    /// <summary>How many bytes of memory the elements of collections may take per byte of the document.</summary>
    /// <value>64; a document may always use 64 KiB.</value>
    /// <remarks>An element of one byte can become a large structure; this bounds what a document can cost.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int MaximumExpansion
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    }
    = 64;
}

using MessagePack;

namespace Plugins.Host.MessagePack;

/// <summary>Resolvers and limits of MessagePack payloads.</summary>
/// <remarks>Immutable, and safe for use by many threads.</remarks>
public sealed record MessagePackPayloadOptions
{
    /// <summary>The greatest <see cref="MaximumDepth"/>; each level takes a part of the thread's stack.</summary>
    public const int DeepestAllowed = 500;

    /// <summary>The options of formats that are given none.</summary>
    public static MessagePackPayloadOptions Default { get; } = new();

    /// <summary>The application's own options, with its resolvers.</summary>
    /// <value>
    /// Null: types with MessagePack's attributes as these say, others as maps with the names of their members.
    /// </value>
    /// <remarks>
    /// Security is raised to <see cref="MessagePackSecurity.UntrustedData"/>, unless it resists collisions already.
    /// Compression and the old specification are refused.
    /// </remarks>
    public MessagePackSerializerOptions? Serializer { get; init; }

    /// <summary>The number of arrays and maps that may be inside one another, when reading and when writing.</summary>
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

    /// <summary>The number of values in a document, keys, arrays and maps included.</summary>
    /// <value>1,000,000.</value>
    /// <remarks>A value of one byte can become an object with all its members; this bounds their number.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int MaximumValues
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    }
    = 1_000_000;

    /// <summary>Bytes of memory that a document's values may take, as estimated before they are read.</summary>
    /// <value>64 MiB.</value>
    /// <remarks>Each value counts 16, each byte of text 2, and each byte of binary data and extensions 1.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public long MaximumDecodedBytes
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    }
    = 64 << 20;
}

using Plugins.Payloads.MessagePack;

namespace Plugins.Payloads.Converters;

/// <summary>Converts a version of two to four numbers to and from text; null is refused.</summary>
/// <remarks>Safe for use by many threads.</remarks>
public sealed class VersionConverter : PayloadConverter<Version>
{
    private const int LongestText = 43;

    private VersionConverter()
    {
    }

    /// <summary>The one instance that is needed.</summary>
    public static VersionConverter Instance { get; } = new();

    /// <inheritdoc/>
    public override void Write(ref MessagePackWriter writer, Version value)
    {
        Span<byte> text = stackalloc byte[LongestText];
        (value ?? throw writer.Refuse(MessagePackProblem.UnexpectedNull)).TryFormat(text, out int length);
        writer.WriteString(text[..length]);
    }

    /// <inheritdoc/>
    public override Version Read(ref MessagePackReader reader)
    {
        int start = reader.Position;
        ReadOnlySpan<byte> text = reader.ReadStringSpan();
        return text.Length <= LongestText && Version.TryParse(text, out Version? value) && IsPlain(text)
            ? value
            : throw reader.Refuse(MessagePackProblem.InvalidText, start);
    }

    /// <summary>Whether there is no white space or sign, which the parser would allow.</summary>
    private static bool IsPlain(ReadOnlySpan<byte> text) => text.IndexOfAnyExceptInRange((byte)'.', (byte)'9') < 0
        && !text.Contains((byte)'/');
}

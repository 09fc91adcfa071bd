using System.Globalization;
using Plugins.Payloads.MessagePack;

namespace Plugins.Payloads.Converters.Numbers;

/// <summary>Converts <see cref="decimal"/> to and from text, which keeps all digits.</summary>
/// <remarks>Safe for use by many threads. Integers are read as well.</remarks>
public sealed class DecimalConverter : PayloadConverter<decimal>
{
    private const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
    private const int LongestText = 31;
    private const int LongestInput = 64;

    private DecimalConverter()
    {
    }

    /// <summary>The one instance that is needed.</summary>
    public static DecimalConverter Instance { get; } = new();

    /// <inheritdoc/>
    public override void Write(ref MessagePackWriter writer, decimal value)
    {
        Span<char> text = stackalloc char[LongestText];
        value.TryFormat(text, out int length, provider: CultureInfo.InvariantCulture);
        writer.WriteString(text[..length]);
    }

    /// <inheritdoc/>
    public override decimal Read(ref MessagePackReader reader)
    {
        if (reader.NextType == MessagePackType.Integer)
        {
            return (decimal)reader.ReadInt128();
        }

        int start = reader.Position;
        ReadOnlySpan<byte> text = reader.ReadStringSpan();
        return text.Length <= LongestInput
            && decimal.TryParse(text, Style, CultureInfo.InvariantCulture, out decimal value)
            ? value
            : throw reader.Refuse(MessagePackProblem.InvalidText, start);
    }
}

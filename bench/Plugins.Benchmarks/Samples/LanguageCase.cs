using System.Buffers;
using System.Text;
using MessagePack;

namespace Plugins.Benchmarks.Samples;

/// <summary>A function that the example plugins have in every language, with an input for it.</summary>
internal sealed record LanguageCase(string Function, byte[] Input, string Title)
{
    private const int InvoiceLines = 20;

    public static IEnumerable<LanguageCase> All =>
    [
        new("word_count", Text(), "`word_count` of 1,024 bytes"),
        new("slugify", Text(), "`slugify` of 1,024 bytes"),
        new("invoice", Order(), "`invoice` of 20 lines"),
    ];

    /// <summary>Mostly ASCII, as text in European languages is.</summary>
    private static byte[] Text()
    {
        byte[] sentence = Encoding.UTF8.GetBytes("Crème brûlée, it's good! The quick brown fox jumps over it.\n");
        var text = new byte[1_024];
        for (int i = 0; i < text.Length; i++)
        {
            text[i] = sentence[i % sentence.Length];
        }

        // Not in the middle of a character.
        text.AsSpan(text.Length - sentence.Length).Fill((byte)'a');
        return text;
    }

    private static byte[] Order()
    {
        var bytes = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(bytes);
        writer.WriteMapHeader(4);
        writer.Write("customer");
        writer.Write("Ada Lovelace");
        writer.Write("currency");
        writer.Write("EUR");
        writer.Write("tax_rate");
        writer.Write(1_900);
        writer.Write("lines");
        writer.WriteArrayHeader(InvoiceLines);
        for (int line = 0; line < InvoiceLines; line++)
        {
            WriteLine(ref writer, line);
        }

        writer.Flush();
        return bytes.WrittenSpan.ToArray();
    }

    private static void WriteLine(ref MessagePackWriter writer, int line)
    {
        writer.WriteMapHeader(3);
        writer.Write("sku");
        writer.Write("article-17");
        writer.Write("quantity");
        writer.Write(line + 1);
        writer.Write("unit_price");
        writer.Write(1_250);
    }
}

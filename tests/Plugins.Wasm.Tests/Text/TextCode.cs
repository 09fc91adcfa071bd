namespace Plugins.Wasm.Tests.Text;

/// <summary>Short ways from text to what tests compare.</summary>
internal static class TextCode
{
    private const int HeaderBytes = 8;

    /// <summary>The sections of a module as hexadecimal digits, the name section left out.</summary>
    public static string SectionsOf(string text)
    {
        byte[] module = TextFormat.ToBinary(text);
        var sections = new List<string>();
        for (int position = HeaderBytes; position < module.Length;)
        {
            int length = module[position + 1];
            Assert.That(length, Is.LessThan(0x80), "A section of a test has a length of one byte.");
            if (module[position] != 0)
            {
                sections.Add(Convert.ToHexStringLower(module.AsSpan(position, length + 2)));
            }

            position += length + 2;
        }

        return string.Join(' ', sections);
    }

    /// <summary>The code of the only function of a module, without its length, locals and end.</summary>
    public static string BodyOf(string instructions, string fields = "")
    {
        byte[] module = TextFormat.ToBinary($"(module (func {instructions}) {fields})");
        int position = HeaderBytes;
        while (module[position] != 10)
        {
            position += module[position + 1] + 2;
        }

        int length = module[position + 3];
        return Convert.ToHexStringLower(module.AsSpan(position + 5, length - 2));
    }

    public static MalformedTextException FaultOf(string text) =>
        Assert.Throws<MalformedTextException>(() => TextFormat.ToBinary(text))!;
}

using System.Text;

namespace Plugins.Fuzz.Tests.Generation;

/// <summary>Changes a text: words taken out, moved, doubled or replaced, characters changed.</summary>
internal static class TextMutation
{
    private static readonly string[] s_words =
    [
        "(", ")", "(;", ";)", ";;", "\"", "\\", "$", "$a", "\"\\ff\"", "(@a", "(@name \"x\")", "(@custom \"c\"",
        "i32", "-1", "0x", "nan:0x1", "1e999", "0x1p-2000", "99999999999999999999", "(type 0)", "(param",
        "(result i32)", "(ref", "null", "(mut", "(import \"a\" \"b\")", "(export \"e\")", "(elem", "(data",
        "(offset", "(item", "block", "end", "else", "(then", "(else", "(if", "(try", "(do", "catch_all",
        "delegate 0", "try_table", "(catch_all 0)", "(rec", "(sub", "final", "(pagesize 1)", "shared", "i64",
        "offset=1", "align=3", "v128.const", "i8x16.shuffle", "declare", "\u00e9", "\0", "\n",
    ];

    internal static byte[] Apply(byte[] text, SeededBytes random)
    {
        List<byte> bytes = [.. text];
        for (int changes = 1 + random.Below(4); changes > 0; changes--)
        {
            Change(bytes, random);
        }

        return [.. bytes];
    }

    private static void Change(List<byte> bytes, SeededBytes random)
    {
        int at = random.Below(bytes.Count + 1);
        int length = Math.Min(random.Below(random.Below(8) == 0 ? 400 : 12), bytes.Count - at);
        switch (random.Below(5))
        {
            case 0:
                bytes.RemoveRange(at, length);
                break;
            case 1:
                bytes.InsertRange(at, bytes.GetRange(at, length));
                break;
            case 2:
                bytes.InsertRange(random.Below(bytes.Count + 1), bytes.GetRange(at, length));
                break;
            case 3 when at < bytes.Count:
                bytes[at] = (byte)random.Below(128);
                break;
            default:
                bytes.InsertRange(at, Encoding.UTF8.GetBytes($" {s_words[random.Below(s_words.Length)]} "));
                break;
        }
    }
}

using System.Text;
using Plugins.Pdk.Tests.Support;

namespace Plugins.Pdk.Tests;

public sealed class InputTests
{
    private const string Mixed = "aé€😀 zß日本";

    [TestCase("", int.MaxValue, false)]
    [TestCase(Mixed, int.MaxValue, false)]
    [TestCase(Mixed, 1, false)]
    [TestCase(Mixed, 3, true)]
    public void ReadAll_OfAnyInput_IsTheInput(string input, int piece, bool isStreamed)
    {
        byte[] bytes = [];
        var host = new MemoryRuntime { PieceBytes = piece, HidesLength = isStreamed };

        host.Run(() => bytes = Input.ReadAll(), input);

        Assert.That(Encoding.UTF8.GetString(bytes), Is.EqualTo(input));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void ReadAll_OfAMebibyte_IsTheInput(bool isStreamed)
    {
        var host = new MemoryRuntime { PieceBytes = 1000, HidesLength = isStreamed };
        string input = new('x', 1 << 20);
        string text = "";

        host.Run(() => text = Input.ReadText(), input);

        Assert.That(text, Is.EqualTo(input));
    }

    [TestCase(false, 4)]
    [TestCase(true, null)]
    public void Length_OfAnInput_IsItsBytesOrUnknown(bool isStreamed, int? length)
    {
        var host = new MemoryRuntime { HidesLength = isStreamed };
        int? found = -2;

        host.Run(() => found = Input.Length, "aé!");

        Assert.That(found, Is.EqualTo(length));
    }

    [TestCase(4, 0, "")]
    [TestCase(5, 0, "")]
    [TestCase(3, 1, "the input is longer than 3 bytes")]
    [TestCase(0, 1, "the input is longer than 0 bytes")]
    public void ReadAll_IntoABuffer_FailsOnlyWhenItIsTooSmall(int capacity, int code, string error)
    {
        var host = new MemoryRuntime { PieceBytes = 2 };

        Assert.That(host.Run(() => Output.Write(Input.ReadAll(new byte[capacity])), "abcd"), Is.EqualTo(code));
        Assert.That((host.OutputText, host.ErrorText), Is.EqualTo((code == 0 ? "abcd" : "", error)));
    }

    [TestCase("61ff", 1)]
    [TestCase("ff", 0)]
    [TestCase("c3", 0)]
    [TestCase("61e282", 1)]
    [TestCase("616263eda080", 3)]
    [TestCase("f4908080", 0)]
    [TestCase("c080", 0)]
    public void Text_ThatIsNotUtf8_FailsAtItsFirstWrongByte(string hex, int offset)
    {
        byte[] input = Convert.FromHexString(hex);
        Action[] readers =
        [
            () => Input.ReadText(),
            () => Input.ReadUtf8(new byte[16]),
            () =>
            {
                foreach (Rune _ in Input.ReadRunes())
                {
                }
            },
        ];

        foreach (Action reader in readers)
        {
            var host = new MemoryRuntime();
            Assert.That(host.Call(() => Plugins.Pdk.Runtime.PluginEntry.Run(reader), input), Is.EqualTo(1));
            Assert.That(host.ErrorText, Is.EqualTo($"the text is not UTF-8 at byte {offset}"));
        }
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(5)]
    [TestCase(4096)]
    public void ReadRunes_OfPieces_JoinsThem(int piece)
    {
        var host = new MemoryRuntime { PieceBytes = piece, HidesLength = true };
        string input = string.Concat(Enumerable.Repeat(Mixed, 500));
        var text = new StringBuilder();

        host.Run(
            () =>
            {
                foreach (Rune rune in Input.ReadRunes())
                {
                    text.Append(rune);
                }
            },
            input);

        Assert.That(text.ToString(), Is.EqualTo(input));
    }

    [Test]
    public void ReadRunes_OfEveryCharacter_AgreesWithTheFramework()
    {
        string all = string.Concat(Enumerable.Range(0, 0x110000).Where(Rune.IsValid).Select(value => new Rune(value)));
        long count = 0, sum = 0;

        int code = new MemoryRuntime().Run(
            () =>
            {
                foreach (Rune rune in Input.ReadRunes())
                {
                    count++;
                    sum += rune.Value;
                }
            },
            all);

        long expected = all.EnumerateRunes().Sum(rune => (long)rune.Value);
        Assert.That((code, count, sum), Is.EqualTo((0, 0x110000L - 0x800, expected)));
    }

    [Test]
    public void OpenStream_OfAnInput_ReadsItOnce()
    {
        string first = "", second = "";

        new MemoryRuntime { PieceBytes = 3 }.Run(
            () =>
            {
                first = new StreamReader(Input.OpenStream()).ReadToEnd();
                second = Input.ReadText();
            },
            Mixed);

        Assert.That((first, second), Is.EqualTo((Mixed, "")));
    }
}

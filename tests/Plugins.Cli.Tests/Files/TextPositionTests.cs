using System.Text;
using Plugins.Cli.Failures;
using Plugins.Cli.Files;

namespace Plugins.Cli.Tests.Files;

internal sealed class TextPositionTests
{
    [TestCase("abc", 0, "1:1")]
    [TestCase("abc", 2, "1:3")]
    [TestCase("a\nbc", 2, "2:1")]
    [TestCase("a\nbc", 1, "1:2")]
    [TestCase("a\r\nb", 3, "2:1")]
    [TestCase("é\néx", 5, "2:2")]
    [TestCase("ab", 99, "1:3")]
    [TestCase("", 0, "1:1")]
    public void Of_AByte_CountsLinesAndCharacters(string text, long offset, string expected) =>
        Assert.That(TextPosition.Of(Encoding.UTF8.GetBytes(text), offset).ToString(), Is.EqualTo(expected));

    [TestCase("{\n  1 2 }", 1, 4, "2:5")]
    [TestCase("{}", 0, 1, "1:2")]
    [TestCase("éé", 0, 4, "1:3")]
    public void Of_APlaceOfTheJsonReader_IsThatOfEditors(string text, long line, long inLine, string expected) =>
        Assert.That(TextPosition.Of(Encoding.UTF8.GetBytes(text), line, inLine).ToString(), Is.EqualTo(expected));
}

using Plugins.Manifest.Format;

namespace Plugins.Manifest.Tests.Format;

public sealed class AssetPathTests
{
    [TestCase("a")]
    [TestCase("words/en.txt")]
    [TestCase(".hidden/A_b-1.tar.gz")]
    [TestCase("console/x")]
    public void IsValid_PlainPath_IsTrue(string path) => Assert.That(AssetPath.IsValid(path));

    [TestCase("")]
    [TestCase("/etc/passwd")]
    [TestCase("a/")]
    [TestCase("a//b")]
    [TestCase(".")]
    [TestCase("..")]
    [TestCase("a/../b")]
    [TestCase("a.")]
    [TestCase("a\\b")]
    [TestCase("c:a")]
    [TestCase("a b")]
    [TestCase("é")]
    [TestCase("NUL")]
    [TestCase("x/com1.txt")]
    public void IsValid_TrickyPath_IsFalse(string path) => Assert.That(AssetPath.IsValid(path), Is.False);
}

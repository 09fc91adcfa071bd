using Plugins.Manifest.Format;

namespace Plugins.Manifest.Tests.Format;

public sealed class MediaTypeTests
{
    [TestCase("text/plain", true)]
    [TestCase("application/vnd.acme.v1+json", true)]
    [TestCase("text/plain; charset=utf-8", true)]
    [TestCase("text", false)]
    [TestCase("text/", false)]
    [TestCase("/plain", false)]
    [TestCase("a/b/c", false)]
    [TestCase("text /plain", false)]
    [TestCase("text/*", false)]
    [TestCase("text/plain; charset=é", false)]
    public void IsValid_Form_IsChecked(string text, bool expected) =>
        Assert.That(MediaType.IsValid(text), Is.EqualTo(expected));
}

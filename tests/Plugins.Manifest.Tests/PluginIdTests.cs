namespace Plugins.Manifest.Tests;

public sealed class PluginIdTests
{
    [TestCase("acme/slugify", "acme", "slugify")]
    [TestCase("a/b", "a", "b")]
    [TestCase("acme.example/word_count-2", "acme.example", "word_count-2")]
    public void Parse_ValidText_SplitsAtSlash(string text, string publisher, string name)
    {
        var id = PluginId.Parse(text);

        Assert.That((id.Publisher, id.Name, id.ToString()), Is.EqualTo((publisher, name, text)));
    }

    [TestCase("")]
    [TestCase("acme")]
    [TestCase("/slugify")]
    [TestCase("acme/")]
    [TestCase("acme/a/b")]
    [TestCase("Acme/slugify")]
    [TestCase("acme /slugify")]
    [TestCase("acme/slugify\n")]
    [TestCase("-acme/slugify")]
    [TestCase("acme-/slugify")]
    [TestCase("ac--me/slugify")]
    [TestCase("acme/../x")]
    [TestCase("acme/..")]
    [TestCase("аcme/slugify", Description = "Cyrillic a")]
    [TestCase("*/slugify")]
    public void Parse_OtherForm_Throws(string text) =>
        Assert.That(() => PluginId.Parse(text), Throws.TypeOf<FormatException>());

    [TestCase(64, true)]
    [TestCase(65, false)]
    public void TryParse_LongPart_IsBounded(int length, bool expected)
    {
        var part = new string('a', length);

        Assert.That(PluginId.TryParse($"{part}/x", out _), Is.EqualTo(expected));
        Assert.That(PluginId.TryParse($"x/{part}", out _), Is.EqualTo(expected));
    }

    [Test]
    public void Equals_SameText_IsTrue()
    {
        var id = PluginId.Parse("acme/slugify");

        Assert.That(PluginId.Parse(id.ToString()), Is.EqualTo(id));
    }
}

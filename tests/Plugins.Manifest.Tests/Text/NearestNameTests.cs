using Plugins.Manifest.Text;

namespace Plugins.Manifest.Tests.Text;

public sealed class NearestNameTests
{
    private static readonly string[] _names = ["fuel", "wallTimeMs", "memoryPages", "hostCalls", "id"];

    [TestCase("feul", "fuel", Description = "swapped")]
    [TestCase("fule", "fuel")]
    [TestCase("fuels", "fuel", Description = "one more")]
    [TestCase("fue", "fuel", Description = "one less")]
    [TestCase("memorypages", "memoryPages", Description = "one other")]
    [TestCase("walltimems", "wallTimeMs")]
    [TestCase("ID", null, Description = "nothing of it is alike")]
    [TestCase("iD", "id")]
    [TestCase("food", null)]
    [TestCase("timeout", null)]
    [TestCase("", null)]
    public void To_OfAName_IsTheOneThatIsMeant(string text, string? expected) =>
        Assert.That(NearestName.To(text, _names), Is.EqualTo(expected));

    [Test]
    public void To_OfTwoThatAreNear_IsTheNearer() =>
        Assert.That(NearestName.To("inputs", "outputs", "input"), Is.EqualTo("input"));

    [Test]
    public void To_OfALongText_LooksNoFurther()
    {
        var text = new string('a', 1_000_000);
        Assert.That(NearestName.To(text, text), Is.Null);
    }
}

using Plugins.Manifest.Tests.Support;

namespace Plugins.Manifest.Tests;

internal sealed class ExportedFunctionTests
{
    [TestCase("run", true)]
    [TestCase("ns:a/b#c", true)]
    [TestCase("", false)]
    [TestCase("two words", false)]
    [TestCase("it's", false)]
    [TestCase("\"", false)]
    [TestCase("back\\slash", false)]
    [TestCase("größe", false)]
    [TestCase("\x7F", false)]
    public void Name_ThatIsValid_IsWhatAManifestMayList(string name, bool isValid)
    {
        var manifest = TestPlugin.Manifest with { Functions = [new ExportedFunction { Name = name }] };
        Assert.That(ExportedFunction.IsValidName(name), Is.EqualTo(isValid));
        Assert.That(
            manifest.Validate, isValid ? Throws.Nothing : Throws.TypeOf<ManifestFormatException>());
    }

    [TestCase(255, true)]
    [TestCase(256, false)]
    public void Name_AtItsLongest_IsValid(int length, bool isValid) =>
        Assert.That(ExportedFunction.IsValidName(new string('f', length)), Is.EqualTo(isValid));
}

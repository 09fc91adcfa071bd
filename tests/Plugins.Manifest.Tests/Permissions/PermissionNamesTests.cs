using Plugins.Manifest.Permissions;

namespace Plugins.Manifest.Tests.Permissions;

public sealed class PermissionNamesTests
{
    [TestCase("http.send", true)]
    [TestCase("a", true)]
    [TestCase("a1_.b2", true)]
    [TestCase("", false)]
    [TestCase(".", false)]
    [TestCase("a.", false)]
    [TestCase(".a", false)]
    [TestCase("a..b", false)]
    [TestCase("a.1", false)]
    [TestCase("a._b", false)]
    [TestCase("_a", false)]
    [TestCase("1a", false)]
    [TestCase("A", false)]
    [TestCase("a-b", false)]
    [TestCase("a b", false)]
    public void IsValid_Grammar_IsChecked(string name, bool expected) =>
        Assert.That(PermissionNames.IsValid(name), Is.EqualTo(expected));

    [TestCase(128, true)]
    [TestCase(129, false)]
    public void IsValid_LongName_IsBounded(int length, bool expected) =>
        Assert.That(PermissionNames.IsValid(new string('a', length)), Is.EqualTo(expected));
}

namespace Plugins.Manifest.Tests;

public sealed class ManifestModuleTests
{
    [Test]
    public void Matches_SameBytes_IsTrue() =>
        Assert.That(ManifestModule.Describe("abc"u8).Matches("abc"u8));

    [Test]
    public void Matches_OtherBytes_IsFalse() =>
        Assert.That(ManifestModule.Describe("abc"u8).Matches("abd"u8), Is.False);

    [Test]
    public void Matches_OtherSize_IsFalse() =>
        Assert.That((ManifestModule.Describe("abc"u8) with { Size = 4 }).Matches("abc"u8), Is.False);
}

using Plugins.Host.Wasmtime.Caching;

namespace Plugins.Host.Wasmtime.Tests.Caching;

public sealed class CacheKeyTests
{
    private static readonly byte[] s_module = [1, 2, 3];
    private static readonly EngineIdentity s_engine = new(new byte[] { 4, 5 }, "fuel=1;epochs=1");

    [Test]
    public void Of_SameParts_IsTheSameFile() =>
        Assert.That(NameOf(s_module, s_engine), Is.EqualTo(NameOf(s_module, s_engine with { })));

    [Test]
    public void Of_AnyPartChanged_IsAnotherFile()
    {
        string[] names =
        [
            NameOf(s_module, s_engine),
            NameOf([1, 2, 4], s_engine),
            NameOf(s_module, s_engine with { LibraryDigest = new byte[] { 4, 6 } }),
            NameOf(s_module, s_engine with { Configuration = "fuel=0;epochs=1" }),
            NameOf(s_module, s_engine, platform: "linux-arm64"),
            NameOf(s_module, s_engine, cpu: "X64:110"),
        ];

        Assert.That(names, Is.Unique);
    }

    [Test]
    public void Of_ByteMovedToTheNextPart_IsAnotherFile() => Assert.That(
        NameOf([1, 2], s_engine with { LibraryDigest = new byte[] { 3, 4, 5 } }),
        Is.Not.EqualTo(NameOf(s_module, s_engine)));

    [Test]
    public void FileName_Always_IsHexadecimal() =>
        Assert.That(NameOf(s_module, s_engine), Does.Match(@"^[0-9a-f]{64}\.module$"));

    private static string NameOf(
        byte[] module, EngineIdentity engine, string platform = "linux-x64", string cpu = "X64:111") =>
        CacheKey.Of(module, engine, platform, cpu).FileName;
}

using System.Runtime.Versioning;
using Plugins.Host.Wasmtime.Caching;
using Plugins.Host.Wasmtime.Compilation;
using Plugins.Host.Wasmtime.Errors;
using Plugins.Host.Wasmtime.Loading;
using Plugins.Host.Wasmtime.Tests.Caching.Support;
using Plugins.Host.Wasmtime.Tests.Support;

namespace Plugins.Host.Wasmtime.Tests.Caching;

/// <summary>Real modules, compiled by the real library, through the directory.</summary>
[TestFixtureSource(typeof(WasmtimeLibraries), nameof(WasmtimeLibraries.Names))]
internal sealed class CachedEngineTests(string library)
{
    private CacheRig _rig = new();
    private CacheLoggers _loggers = new();

    [SetUp]
    public void SetUp()
    {
        _rig = new CacheRig();
        _loggers = new CacheLoggers();
    }

    [TearDown]
    public void TearDown()
    {
        _loggers.Dispose();
        _rig.Dispose();
    }

    [Test]
    public void Load_ByASecondEngine_UsesTheFirstOnesCode()
    {
        CountWords();
        Assert.That(_loggers.Ids, Is.Empty);

        CountWords();

        Assert.That(_loggers.Ids, Is.EqualTo(new[] { CacheLoggers.Used }));
        Assert.That(_rig.Entries, Has.Count.EqualTo(1));
    }

    [Test]
    public void Load_EntryChanged_CompilesAgain()
    {
        CountWords();
        byte[] entry = File.ReadAllBytes(_rig.Entries[0]);
        entry[^100] ^= 0x40;
        File.WriteAllBytes(_rig.Entries[0], entry);

        CountWords();
        CountWords();

        Assert.That(_loggers.Ids, Is.EqualTo(new[] { CacheLoggers.Refused, CacheLoggers.Used }));
    }

    [Test]
    public void Load_WithAndWithoutMetering_HasAnEntryForEach()
    {
        CountWords(meterFuel: true);
        CountWords(meterFuel: false);

        Assert.That(_rig.Entries, Has.Count.EqualTo(2));
    }

    [Test]
    public void Load_WithAnotherStack_HasAnEntryForEach()
    {
        CountWords(stackBytes: 512 * 1024);
        CountWords(stackBytes: 1024 * 1024);

        Assert.That(_rig.Entries, Has.Count.EqualTo(2));
    }

    [Test]
    public void Load_ByEveryLibrary_HasAnEntryForEach()
    {
        foreach (string name in WasmtimeLibraries.Names)
        {
            CountWords(name);
        }

        Assert.That(_rig.Entries, Has.Count.EqualTo(WasmtimeLibraries.Names.Count()));
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(4_096)]
    public void Deserialize_NotCode_IsNull(int length)
    {
        WasmtimeLibrary loaded = WasmtimeLibrary.Load(WasmtimeLibraries.PathOf(library));
        using var engine = new NativeEngine(
            loaded.Api, WasmtimeEngineOptions.Default, new EngineConfiguration());

        Assert.That(NativeModule.Deserialize(engine, new byte[length], new ImportTable([])), Is.Null);
    }

    [Test]
    [Platform("Linux,MacOsX")]
    [UnsupportedOSPlatform("windows")]
    public void Engine_DirectoryOpenToOthers_IsRefused()
    {
        Directory.CreateDirectory(_rig.Directory);
        File.SetUnixFileMode(_rig.Directory, (UnixFileMode)0b111_111_111);
        WasmtimeEngineOptions options = Options(library, stackBytes: 512 * 1024);

        Assert.That(() => new WasmtimeEngine(options), Throws.TypeOf<UnsafeCacheDirectoryException>());
    }

    [Test]
    public void LibraryDigest_BareName_IsOfTheLoadedFile()
    {
        byte[]? digest = LibraryDigest.Of("libSystem.Native");

        Assert.That(digest, Has.Length.EqualTo(32));
        Assert.That(LibraryDigest.Of("libNotLoaded.so"), Is.Null);
    }

    private void CountWords(bool meterFuel = true, int stackBytes = 512 * 1024) =>
        CountWords(library, meterFuel, stackBytes);

    // In an engine of its own, as in another process.
    private void CountWords(string name, bool meterFuel = true, int stackBytes = 512 * 1024)
    {
        byte[] module = Repository.Read("examples/Pdk-C/word_count/plugin.wasm");
        using var engine = new WasmtimeEngine(Options(name, stackBytes));
        using var host = new PluginHost(
            new PluginHostOptions { AllowUnsigned = true, Engine = engine, MeterFuel = meterFuel });
        using var plugin = host.LoadUnsigned(module, Manifests.Of(module, "word_count"));

        Assert.That(plugin.CallText("word_count", "a b c").Value, Does.StartWith("""{"words":3,"""));
    }

    private WasmtimeEngineOptions Options(string name, int stackBytes) => TestEngines.Options(name) with
    {
        StackBytes = stackBytes,
        CacheDirectory = _rig.Directory,
        LoggerFactory = _loggers,
    };
}

using Plugins.Host.Wasmtime.Caching;
using Plugins.Host.Wasmtime.Tests.Caching.Support;

namespace Plugins.Host.Wasmtime.Tests.Caching;

public sealed class CacheEvictionTests
{
    // An entry of a module with a one-letter name: tag and "a, compiled".
    private const int EntryLength = CacheEntry.TagLength + 11;

    private CacheRig _rig = new();

    [SetUp]
    public void SetUp() => _rig = new CacheRig();

    [TearDown]
    public void TearDown() => _rig.Dispose();

    [Test]
    public void Store_OverTheBound_DeletesTheOldest()
    {
        CompiledModuleCache cache = _rig.Open(maximumBytes: 2 * EntryLength);

        Use(cache, "a", "b", "c");

        Assert.That(_rig.Entries, Is.EquivalentTo(PathsOf("b", "c")));
    }

    [Test]
    public void Store_OverTheBound_KeepsWhatWasUsedLast()
    {
        CompiledModuleCache cache = _rig.Open(maximumBytes: 2 * EntryLength);

        Use(cache, "a", "b", "a", "c");

        Assert.That(_rig.Entries, Is.EquivalentTo(PathsOf("a", "c")));
        Assert.That(_rig.Compilations, Is.EqualTo(3));
    }

    [Test]
    public void Store_AtTheBound_DeletesNothing()
    {
        CompiledModuleCache cache = _rig.Open(maximumBytes: 2 * EntryLength);

        Use(cache, "a", "b");

        Assert.That(_rig.Entries, Has.Count.EqualTo(2));
    }

    [TestCase(59, ExpectedResult = true)]
    [TestCase(61, ExpectedResult = false)]
    public bool Store_TemporaryFileOfMinutes_IsKeptForAnHour(int minutes)
    {
        CompiledModuleCache cache = _rig.Open();
        string temporary = Path.Combine(_rig.Directory, "left.tmp");
        File.WriteAllText(temporary, "half");
        File.SetLastWriteTimeUtc(temporary, _rig.Clock.GetUtcNow().UtcDateTime);
        _rig.Clock.Advance(TimeSpan.FromMinutes(minutes));

        _rig.Get(cache, "a");

        return File.Exists(temporary);
    }

    [Test]
    public void Store_OverTheBound_LeavesOtherFilesAlone()
    {
        CompiledModuleCache cache = _rig.Open(maximumBytes: EntryLength);
        string other = Path.Combine(_rig.Directory, "notes.txt");
        File.WriteAllText(other, new string('x', 1_000));

        Use(cache, "a", "b");

        Assert.That(File.Exists(other));
        Assert.That(_rig.Entries, Is.EquivalentTo(PathsOf("b")));
    }

    private void Use(CompiledModuleCache cache, params string[] modules)
    {
        foreach (string module in modules)
        {
            _rig.Get(cache, module);
            _rig.Clock.Advance(TimeSpan.FromMinutes(1));
        }
    }

    private IEnumerable<string> PathsOf(params string[] modules) =>
        modules.Select(module => Path.Combine(_rig.Directory, CacheRig.Key(module).FileName));
}

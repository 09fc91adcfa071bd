using System.Text;
using Plugins.Host.Wasmtime.Caching;
using Plugins.Host.Wasmtime.Tests.Caching.Support;

namespace Plugins.Host.Wasmtime.Tests.Caching;

public sealed class CompiledModuleCacheTests
{
    private CacheRig _rig = new();

    [SetUp]
    public void SetUp() => _rig = new CacheRig();

    [TearDown]
    public void TearDown() => _rig.Dispose();

    [Test]
    public void Get_NotCached_CompilesAndKeeps()
    {
        string module = _rig.Get(_rig.Open(), "one");

        Assert.That(module, Is.EqualTo("one, compiled"));
        Assert.That(_rig.Compilations, Is.EqualTo(1));
        Assert.That(_rig.Entries, Has.Count.EqualTo(1));
    }

    [Test]
    public void Get_KeptByAnotherProcess_DoesNotCompile()
    {
        _rig.Get(_rig.Open(), "one");

        Assert.That(_rig.Get(_rig.Open(), "one"), Is.EqualTo("one, compiled"));
        Assert.That(_rig.Compilations, Is.EqualTo(1));
    }

    [TestCase(0, TestName = "Get_TagChanged_CompilesAgain")]
    [TestCase(CacheEntry.TagLength, TestName = "Get_FirstByteOfCodeChanged_CompilesAgain")]
    [TestCase(CacheEntry.TagLength + 12, TestName = "Get_LastByteOfCodeChanged_CompilesAgain")]
    public void Get_EntryChanged_CompilesAgain(int offset)
    {
        _rig.Get(_rig.Open(), "one");
        byte[] entry = File.ReadAllBytes(_rig.Entries[0]);
        entry[offset] ^= 1;
        File.WriteAllBytes(_rig.Entries[0], entry);

        Assert.That(_rig.Get(_rig.Open(), "one"), Is.EqualTo("one, compiled"));
        Assert.That(_rig.Compilations, Is.EqualTo(2));
        Assert.That(File.ReadAllBytes(_rig.Entries[0]), Is.Not.EqualTo(entry), "the changed entry was replaced");
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(CacheEntry.TagLength)]
    [TestCase(CacheEntry.TagLength + 3)]
    public void Get_EntryTruncated_CompilesAgain(int length)
    {
        _rig.Get(_rig.Open(), "one");
        File.WriteAllBytes(_rig.Entries[0], File.ReadAllBytes(_rig.Entries[0])[..length]);

        Assert.That(_rig.Get(_rig.Open(), "one"), Is.EqualTo("one, compiled"));
        Assert.That(_rig.Compilations, Is.EqualTo(2));
    }

    [Test]
    public void Get_EntryLengthened_CompilesAgain()
    {
        _rig.Get(_rig.Open(), "one");
        File.AppendAllText(_rig.Entries[0], "x");

        Assert.That(_rig.Get(_rig.Open(), "one"), Is.EqualTo("one, compiled"));
    }

    [Test]
    public void Get_EntryOfAnotherModuleRenamed_CompilesAgain()
    {
        CompiledModuleCache cache = _rig.Open();
        _rig.Get(cache, "one");
        File.Move(_rig.Entries[0], Path.Combine(_rig.Directory, CacheRig.Key("two").FileName));

        Assert.That(_rig.Get(cache, "two"), Is.EqualTo("two, compiled"));
    }

    [Test]
    public void Get_EntryOfAnotherDirectory_CompilesAgain()
    {
        using var other = new CacheRig();
        other.Get(other.Open(), "one");
        CompiledModuleCache cache = _rig.Open();
        File.Copy(other.Entries[0], Path.Combine(_rig.Directory, CacheRig.Key("one").FileName));

        Assert.That(_rig.Get(cache, "one"), Is.EqualTo("one, compiled"));
        Assert.That(_rig.Compilations, Is.EqualTo(1));
    }

    [Test]
    public void Load_EngineRefusesCode_DeletesEntry()
    {
        CompiledModuleCache cache = _rig.Open();
        _rig.Get(cache, "one");

        Assert.That(cache.TryLoad<string>(CacheRig.Key("one"), _ => null), Is.Null);
        Assert.That(_rig.Entries, Is.Empty);
    }

    [Test]
    public void Load_EntryLargerThanTheBound_DeletesEntryUnread()
    {
        _rig.Get(_rig.Open(), "one");
        CompiledModuleCache small = _rig.Open(maximumBytes: 40);

        Assert.That(small.TryLoad(CacheRig.Key("one"), _ => "taken"), Is.Null);
        Assert.That(_rig.Entries, Is.Empty);
    }

    [Test]
    public void Store_LargerThanTheBound_IsNotKeptAndCostsNoOther()
    {
        CompiledModuleCache cache = _rig.Open(maximumBytes: 100);
        _rig.Get(cache, "one");

        Assert.That(_rig.Get(cache, new string('x', 100)), Does.EndWith("x, compiled"));
        Assert.That(_rig.Entries, Has.Count.EqualTo(1));
        Assert.That(_rig.Entries[0], Does.EndWith(CacheRig.Key("one").FileName));
    }

    [Test]
    public void Get_DirectoryRemoved_Compiles()
    {
        CompiledModuleCache cache = _rig.Open();
        Directory.Delete(_rig.Directory, recursive: true);

        Assert.That(_rig.Get(cache, "one"), Is.EqualTo("one, compiled"));
    }

    [Test]
    public void Get_ManyAtOnce_AllGetTheModule()
    {
        CompiledModuleCache[] caches = [.. Enumerable.Range(0, 8).Select(_ => _rig.Open(maximumBytes: 400))];

        Parallel.For(0, 400, i =>
        {
            CacheKey key = CacheRig.Key($"{i % 20}");
            string module = caches[i % 8].GetOrCompile(
                key, code => Encoding.UTF8.GetString(code), () => $"{i % 20}", Encoding.UTF8.GetBytes);
            Assert.That(module, Is.EqualTo($"{i % 20}"));
        });

        Assert.That(Directory.GetFiles(_rig.Directory, "*.tmp"), Is.Empty);
        Assert.That(_rig.Entries.Sum(path => new FileInfo(path).Length), Is.LessThanOrEqualTo(400));
    }
}

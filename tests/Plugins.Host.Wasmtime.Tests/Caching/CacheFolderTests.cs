using System.Diagnostics;
using System.Runtime.Versioning;
using Plugins.Host.Wasmtime.Caching;
using Plugins.Host.Wasmtime.Errors;
using Plugins.Host.Wasmtime.Tests.Caching.Support;

namespace Plugins.Host.Wasmtime.Tests.Caching;

[Platform("Linux,MacOsX")]
[UnsupportedOSPlatform("windows")]
public sealed class CacheFolderTests
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private CacheRig _rig = new();

    private string KeyPath => Path.Combine(_rig.Directory, "key");

    [SetUp]
    public void SetUp() => _rig = new CacheRig();

    [TearDown]
    public void TearDown() => _rig.Dispose();

    [Test]
    public void Open_NoDirectory_MakesOneForThisUserOnly()
    {
        _rig.Get(_rig.Open(), "one");

        Assert.That(File.GetUnixFileMode(_rig.Directory), Is.EqualTo(Private));
        Assert.That(File.GetUnixFileMode(KeyPath), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.That(
            File.GetUnixFileMode(_rig.Entries[0]), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Test]
    public void Open_TwoDirectories_HaveDifferentKeys()
    {
        using var other = new CacheRig();
        _rig.Open();
        other.Open();

        byte[] key = File.ReadAllBytes(KeyPath);
        Assert.That(key, Has.Length.EqualTo(32));
        Assert.That(key, Is.Not.EqualTo(File.ReadAllBytes(Path.Combine(other.Directory, "key"))));
    }

    [TestCase(UnixFileMode.OtherWrite)]
    [TestCase(UnixFileMode.GroupWrite)]
    [TestCase(UnixFileMode.OtherRead)]
    [TestCase(UnixFileMode.GroupExecute)]
    public void Open_DirectoryOpenToOthers_IsRefused(UnixFileMode others)
    {
        _rig.Open();
        File.SetUnixFileMode(_rig.Directory, Private | others);

        Refused(_rig.Directory, UnsafeCacheReason.OpenToOthers);
    }

    [Test]
    public void Open_KeyOpenToOthers_IsRefused()
    {
        _rig.Open();
        File.SetUnixFileMode(KeyPath, UnixFileMode.UserRead | UnixFileMode.GroupRead);

        Refused(KeyPath, UnsafeCacheReason.OpenToOthers);
    }

    [Test]
    public void Open_DirectoryIsALink_IsRefused()
    {
        using var other = new CacheRig();
        other.Open();
        File.CreateSymbolicLink(_rig.Directory, other.Directory);

        Refused(_rig.Directory, UnsafeCacheReason.WrongKind);
    }

    [Test]
    public void Open_KeyIsALink_IsRefused()
    {
        using var other = new CacheRig();
        other.Open();
        _rig.Open();
        File.Delete(KeyPath);
        File.CreateSymbolicLink(KeyPath, Path.Combine(other.Directory, "key"));

        Refused(KeyPath, UnsafeCacheReason.WrongKind);
    }

    [Test]
    public void Open_DirectoryOfAnotherUser_IsRefused()
    {
        _rig.Open();
        string foreign = GiveAway(_rig.Directory) ? _rig.Directory : "/usr";

        Refused(foreign, UnsafeCacheReason.ForeignOwner, () => _rig.Open(foreign));
    }

    [Test]
    public void Open_KeyTruncated_MakesAnotherAndDropsEntries()
    {
        _rig.Get(_rig.Open(), "one");
        File.WriteAllBytes(KeyPath, [1, 2, 3]);

        Assert.That(_rig.Get(_rig.Open(), "one"), Is.EqualTo("one, compiled"));
        Assert.That(_rig.Compilations, Is.EqualTo(2));
        Assert.That(new FileInfo(KeyPath).Length, Is.EqualTo(32));
    }

    [Test]
    [Repeat(20)]
    public void Open_ManyAtOnce_AgreeOnOneKey()
    {
        const int Processes = 16;
        using var rig = new CacheRig();
        using var start = new Barrier(Processes);
        Thread[] threads = [.. Enumerable.Range(0, Processes).Select(i => new Thread(() =>
        {
            start.SignalAndWait();
            rig.Open().Store(CacheRig.Key($"{i}"), [1]);
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());

        CompiledModuleCache cache = rig.Open();
        IEnumerable<string?> loaded = Enumerable.Range(0, Processes)
            .Select(i => cache.TryLoad(CacheRig.Key($"{i}"), _ => "taken"));
        Assert.That(loaded, Is.All.EqualTo("taken"));
        Assert.That(Directory.GetFiles(rig.Directory, "*.tmp"), Is.Empty);
    }

    private void Refused(string path, UnsafeCacheReason reason) => Refused(path, reason, () => _rig.Open());

    private static void Refused(string path, UnsafeCacheReason reason, Action open) => Assert.That(
        open,
        Throws.TypeOf<UnsafeCacheDirectoryException>()
            .With.Property(nameof(UnsafeCacheDirectoryException.Path)).EqualTo(path)
            .And.Property(nameof(UnsafeCacheDirectoryException.Reason)).EqualTo(reason));

    // Only root can give a directory away; others look at one that is root's.
    private static bool GiveAway(string directory)
    {
        using Process chown = Process.Start("chown", ["12345", directory]);
        chown.WaitForExit();
        return chown.ExitCode == 0;
    }
}

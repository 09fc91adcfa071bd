using Plugins.Wasi.Preview1;
using Plugins.Wasi.Tests.Support;

namespace Plugins.Wasi.Tests;

/// <summary>What cannot be changed, and how much can.</summary>
internal sealed class RightsTests(FileSystemKind kind) : FileSystemTests(kind)
{
    [Test]
    public void Directory_GivenToRead_AndAllBelowIt_CannotBeChanged()
    {
        Guest.OnPath("path_create_directory", "dir");
        Guest.Write(Guest.Open("dir/file", OpenFlags.Creates), "text");
        Guest.OnPaths("path_symlink", "dir/file", "link");
        Remake(isReadOnly: true);
        var directory = Guest.Open("dir", OpenFlags.Directory, Rights.FdRead);
        foreach (var (prefix, given) in new[] { ("dir/", 3U), (string.Empty, directory) })
        {
            var file = prefix + "file";
            Assert.That(Guest.Open(file, out _, 0, Rights.FdWrite, directory: given), Is.EqualTo(Errno.Perm));
            Assert.That(Guest.Open(file, out _, OpenFlags.Creates, directory: given), Is.EqualTo(Errno.Perm));
            Assert.That(Guest.Open(file, out _, OpenFlags.Truncates, directory: given), Is.EqualTo(Errno.Perm));
            Assert.That(Guest.OnPath("path_create_directory", prefix + "x", given), Is.EqualTo(Errno.Perm));
            Assert.That(Guest.OnPath("path_unlink_file", prefix + "file", given), Is.EqualTo(Errno.Perm));
            Assert.That(Guest.OnPath("path_remove_directory", prefix + "file", given), Is.EqualTo(Errno.Perm));
            Assert.That(
                Guest.OnPaths("path_rename", prefix + "file", prefix + "x", given, given), Is.EqualTo(Errno.Perm));
            Assert.That(
                Guest.OnPaths("path_link", prefix + "file", prefix + "x", given, given), Is.EqualTo(Errno.Perm));
            Assert.That(
                Guest.OnPaths("path_symlink", "file", prefix + "x", given, given), Is.EqualTo(Errno.Perm));
            Assert.That(Guest.Call("fd_filestat_set_times", given, 1, 1, 5), Is.EqualTo(Errno.Perm));
        }

        Assert.That(Guest.SetTimes("dir/file", 1, 1, 5), Is.EqualTo(Errno.Perm));
        Guest.Open("link", out var open, 0, Rights.FdRead, follows: true);
        Assert.That(Guest.ReadText(open), Is.EqualTo("text"));
        Assert.That(Guest.Write(open, "x"u8, out _), Is.EqualTo(Errno.Badf));
        Assert.That(Guest.Call("fd_filestat_set_size", open, 0), Is.EqualTo(Errno.Perm));
        Assert.That(Guest.Call("fd_filestat_set_times", open, 1, 1, 5), Is.EqualTo(Errno.Perm));
    }

    [Test]
    public void Quota_OfOpenFiles_IsFreedByClosing()
    {
        Guest.Create("file");
        Remake(quota: new WasiQuota { OpenFiles = 2 });
        var first = Guest.Open("file", 0);
        var second = Guest.Open(".", 0, Rights.FdRead);
        Assert.That(Guest.Open("file", out _), Is.EqualTo(Errno.Mfile));
        Assert.That(Guest.Call("fd_renumber", first, second), Is.EqualTo(Errno.Success));
        Guest.Close(Guest.Open("file", 0));
        Guest.Close(second);
        Guest.Close(Guest.Open("file", 0));
    }

    [Test]
    public void Quota_OfBytes_CountsWritesGapsAndGrowth()
    {
        Remake(quota: new WasiQuota { WrittenBytes = 20 });
        var file = Guest.Open("file", OpenFlags.Creates);
        Assert.That(Guest.Write(file, "x"u8, out _, position: 9), Is.EqualTo(Errno.Success));
        Assert.That(Guest.Call("fd_filestat_set_size", file, 15), Is.EqualTo(Errno.Success));
        Assert.That(Guest.Call("fd_filestat_set_size", file, 1UL << 40), Is.EqualTo(Errno.Dquot));
        Assert.That(Guest.Write(file, "x"u8, out _, position: 1UL << 40), Is.EqualTo(Errno.Dquot));
        Assert.That(Guest.Write(file, "0123456789"u8, out var count), Is.EqualTo(Errno.Success));
        Assert.That(count, Is.EqualTo(5));
        Assert.That(Guest.Write(file, "x"u8, out _), Is.EqualTo(Errno.Dquot));
        Assert.That(Guest.Stat(file).Size, Is.EqualTo(15));
    }

    [Test]
    public void Quota_OfEntries_CountsWhatIsMade()
    {
        Remake(quota: new WasiQuota { CreatedEntries = 4 });
        Guest.Create("file");
        Guest.Create("file");
        Guest.OnPath("path_create_directory", "dir");
        Guest.OnPaths("path_symlink", "file", "symlink");
        Guest.OnPaths("path_link", "file", "link");
        Assert.That(Guest.Open("more", out _, OpenFlags.Creates), Is.EqualTo(Errno.Dquot));
        Assert.That(Guest.OnPath("path_create_directory", "more"), Is.EqualTo(Errno.Dquot));
        Assert.That(Guest.OnPaths("path_symlink", "file", "more"), Is.EqualTo(Errno.Dquot));
        Assert.That(Guest.OnPaths("path_link", "file", "more"), Is.EqualTo(Errno.Dquot));
    }

    [Test]
    public void Quota_OfListing_RefusesALargerDirectory()
    {
        Remake(quota: new WasiQuota { ListedEntries = 2 });
        Guest.Create("1");
        Guest.Create("2");
        Assert.That(Guest.List(3, 0, 1000, out _), Has.Count.EqualTo(4));
        Guest.Create("3");
        Assert.That(Guest.Call("fd_readdir", 3, FakeGuest.Data, 100, 0, FakeGuest.Result), Is.EqualTo(Errno.Overflow));
    }
}

using Plugins.Wasi.Preview1;
using Plugins.Wasi.Tests.Support;

namespace Plugins.Wasi.Tests;

/// <summary>Making, listing, renaming, linking and removing.</summary>
internal sealed class DirectoryTests(FileSystemKind kind) : FileSystemTests(kind)
{
    [Test]
    public void Listing_OfADirectory_BeginsWithItselfAndGoesOnByCookies()
    {
        Guest.OnPath("path_create_directory", "dir");
        var directory = Guest.Open("dir", OpenFlags.Directory, Rights.FdRead);
        var empty = Guest.List(directory, 0, 256, out var isEnd);
        Assert.That(empty.Select(entry => entry.Name), Is.EqualTo(new[] { ".", ".." }));
        Assert.That(isEnd, Is.True);
        Assert.That(empty[0].Inode, Is.EqualTo(Guest.Stat(directory).Inode));
        Guest.Create("dir/file");
        Guest.Stat("dir/file", out var facts);
        var full = Guest.List(directory, 0, 256, out _);
        Assert.That(full, Has.Count.EqualTo(3));
        Assert.That(
            (full[2].Name, full[2].Type, full[2].Inode), Is.EqualTo(("file", FileTypes.RegularFile, facts.Inode)));
        var rest = Guest.List(directory, full[1].Next, 256, out isEnd);
        Assert.That(rest, Is.EqualTo(full[2..]));
        Assert.That(isEnd, Is.True);
        Assert.That(Guest.List(directory, 1000, 256, out _), Is.Empty);
        Assert.That(Guest.Call("fd_readdir", 0, 0, 0, 0, 0), Is.EqualTo(Errno.Badf));
    }

    [Test]
    public void Listing_OfManyEntries_GivesEachOnceThroughASmallBuffer()
    {
        for (var count = 0; count < 300; count++)
        {
            Guest.Create($"file.{count}");
        }

        var directory = Guest.Open(".", OpenFlags.Directory, Rights.FdRead);
        HashSet<string> names = [];
        var total = 0;
        for (var (cookie, isEnd) = (0UL, false); !isEnd;)
        {
            var entries = Guest.List(directory, cookie, 256, out isEnd);
            names.UnionWith(entries.Select(entry => entry.Name));
            total += entries.Count;
            cookie = entries.Count > 0 ? entries[^1].Next : cookie;
        }

        Assert.That((total, names.Count), Is.EqualTo((302, 302)));
    }

    [Test]
    public void Removing_OfDirectories_IsForEmptyOnes()
    {
        Guest.OnPath("path_create_directory", "dir");
        Assert.That(Guest.OnPath("path_create_directory", "dir"), Is.EqualTo(Errno.Exist));
        Guest.Create("dir/file");
        Assert.That(Guest.OnPath("path_remove_directory", "dir"), Is.EqualTo(Errno.Notempty));
        Assert.That(Guest.OnPath("path_remove_directory", "dir/file"), Is.EqualTo(Errno.Notdir));
        Assert.That(Guest.OnPath("path_remove_directory", "dir/file/"), Is.EqualTo(Errno.Notdir));
        Assert.That(Guest.OnPath("path_remove_directory", "."), Is.EqualTo(Errno.Inval));
        Assert.That(Guest.OnPath("path_remove_directory", "missing"), Is.EqualTo(Errno.Noent));
        Guest.OnPath("path_unlink_file", "dir/file");
        Assert.That(Guest.OnPath("path_remove_directory", "dir/"), Is.EqualTo(Errno.Success));
    }

    [Test]
    public void Removing_OfFiles_IsForWhatIsNoDirectory()
    {
        Guest.OnPath("path_create_directory", "dir");
        Guest.Create("file");
        Assert.That(Guest.OnPath("path_unlink_file", "dir"), Is.EqualTo(Errno.Isdir));
        Assert.That(Guest.OnPath("path_unlink_file", "dir/"), Is.EqualTo(Errno.Isdir));
        Assert.That(Guest.OnPath("path_unlink_file", "file/"), Is.EqualTo(Errno.Notdir));
        Assert.That(Guest.OnPath("path_unlink_file", "file"), Is.EqualTo(Errno.Success));
        Assert.That(Guest.OnPath("path_unlink_file", "file"), Is.EqualTo(Errno.Noent));
    }

    [Test]
    public void Renaming_OfADirectory_ReplacesAnEmptyOneOnly()
    {
        Guest.OnPath("path_create_directory", "source");
        Assert.That(Guest.OnPaths("path_rename", "source", "target"), Is.EqualTo(Errno.Success));
        Assert.That(Guest.Stat("source", out _), Is.EqualTo(Errno.Noent));
        Guest.OnPath("path_create_directory", "source");
        Assert.That(Guest.OnPaths("path_rename", "source", "target"), Is.EqualTo(Errno.Success));
        Guest.OnPath("path_create_directory", "source");
        Guest.Create("target/file");
        Assert.That(Guest.OnPaths("path_rename", "source", "target"), Is.EqualTo(Errno.Notempty));
        Assert.That(Guest.OnPaths("path_rename", "source", "target/file"), Is.EqualTo(Errno.Notdir));
        Assert.That(Guest.OnPaths("path_rename", "target", "target/inner"), Is.EqualTo(Errno.Inval));
        Assert.That(Guest.OnPaths("path_rename", "target/file", "source"), Is.EqualTo(Errno.Isdir));
        Assert.That(Guest.OnPaths("path_rename", "missing", "other"), Is.EqualTo(Errno.Noent));
    }

    [Test]
    public void Renaming_WithTrailingSlashes_IsForDirectories()
    {
        Guest.OnPath("path_create_directory", "source");
        Assert.That(Guest.OnPaths("path_rename", "source/", "target"), Is.EqualTo(Errno.Success));
        Assert.That(Guest.OnPaths("path_rename", "target", "source/"), Is.EqualTo(Errno.Success));
        Assert.That(Guest.OnPaths("path_rename", "source/", "target/"), Is.EqualTo(Errno.Success));
        Guest.Create("file");
        Assert.That(Guest.OnPaths("path_rename", "file/", "other"), Is.EqualTo(Errno.Notdir));
        Assert.That(Guest.OnPaths("path_rename", "file", "other/"), Is.EqualTo(Errno.Notdir));
    }

    [Test]
    public void Renaming_OfAFile_ReplacesAnother()
    {
        var file = Guest.Open("source", OpenFlags.Creates);
        Guest.Write(file, "new");
        Guest.Create("target");
        Assert.That(Guest.OnPaths("path_rename", "source", "target"), Is.EqualTo(Errno.Success));
        Assert.That(Guest.OnPaths("path_rename", "target", "target"), Is.EqualTo(Errno.Success));
        Guest.Stat("target", out var facts);
        Assert.That(facts.Size, Is.EqualTo(3));
    }

    [Test]
    public void HardLink_ToAFile_IsTheSameFile()
    {
        var file = Guest.Open("file", OpenFlags.Creates, Rights.FdRead);
        Guest.OnPath("path_create_directory", "dir");
        var directory = Guest.Open("dir", OpenFlags.Directory, Rights.FdRead);
        Assert.That(Guest.OnPaths("path_link", "file", "link", targetDirectory: directory), Is.EqualTo(Errno.Success));
        var link = Guest.Open("dir/link", 0, Rights.FdRead);
        Assert.That(Guest.Stat(link), Is.EqualTo(Guest.Stat(file)));
        Assert.That(Guest.Stat(link).Links, Is.EqualTo(2));
    }

    [Test]
    public void HardLink_ThatCannotBe_IsRefused()
    {
        Guest.Create("file");
        Guest.OnPath("path_create_directory", "dir");
        Guest.OnPaths("path_symlink", "target", "symlink");
        Assert.That(Guest.OnPaths("path_link", "file", "file"), Is.EqualTo(Errno.Exist));
        Assert.That(Guest.OnPaths("path_link", "file", "dir"), Is.EqualTo(Errno.Exist));
        Assert.That(Guest.OnPaths("path_link", "file", "symlink"), Is.EqualTo(Errno.Exist));
        Assert.That(Guest.OnPaths("path_link", "dir", "link"), Is.EqualTo(Errno.Perm));
        Assert.That(Guest.OnPaths("path_link", "file", "link/"), Is.EqualTo(Errno.Noent));
        Assert.That(Guest.OnPaths("path_link", "symlink", "link", flags: 1), Is.EqualTo(Errno.Inval));
        Assert.That(Guest.OnPaths("path_link", "symlink", "link"), Is.EqualTo(Errno.Success));
        Guest.Stat("link", out var facts);
        Assert.That(facts.Type, Is.EqualTo(7));
    }

    [Test]
    public void SymbolicLink_WhereSomethingIs_IsRefused()
    {
        Guest.OnPath("path_create_directory", "dir");
        Guest.Create("file");
        Assert.That(Guest.OnPaths("path_symlink", "source", "new/"), Is.EqualTo(Errno.Noent));
        Assert.That(Guest.OnPaths("path_symlink", "source", "dir/"), Is.EqualTo(Errno.Exist));
        Assert.That(Guest.OnPaths("path_symlink", "source", "dir"), Is.EqualTo(Errno.Exist));
        Assert.That(
            Guest.OnPaths("path_symlink", "source", "file/"), Is.EqualTo(Errno.Notdir).Or.EqualTo(Errno.Exist));
        Assert.That(Guest.OnPaths("path_symlink", "source", "file"), Is.EqualTo(Errno.Exist));
        Assert.That(Guest.OnPaths("path_symlink", "/etc", "link"), Is.EqualTo(Errno.Perm));
        Assert.That(Guest.OnPaths("path_symlink", "", "link"), Is.EqualTo(Errno.Noent));
    }

    [Test]
    public void ReadingALink_GivesAsMuchAsFits()
    {
        Guest.OnPaths("path_symlink", "target", "link");
        Assert.That(Guest.ReadLink("link", 10, out var contents), Is.EqualTo(Errno.Success));
        Assert.That(contents, Is.EqualTo("target"));
        Assert.That(Guest.Memory[FakeGuest.Data + 6], Is.Zero);
        Guest.ReadLink("link", 4, out contents);
        Assert.That(contents, Is.EqualTo("targ"));
        Guest.Create("file");
        Assert.That(Guest.ReadLink("file", 4, out _), Is.EqualTo(Errno.Inval));
        Assert.That(Guest.ReadLink("missing", 4, out _), Is.EqualTo(Errno.Noent));
    }

    [Test]
    public void Times_OfALink_AreItsOwn()
    {
        Guest.Create("file");
        Guest.OnPaths("path_symlink", "file", "link");
        Guest.Stat("file", out var before);
        Assert.That(Guest.SetTimes("link", 0, 1_000_000_007, 4), Is.EqualTo(Errno.Success));
        Guest.Stat("link", out var link);
        Guest.Stat("link", out var file, follows: true);
        Assert.That((link.Modified, file.Modified), Is.EqualTo((1_000_000_007UL, before.Modified)));
        Assert.That(Guest.SetTimes("link", 2_000_000_009, 0, 1, follows: true), Is.EqualTo(Errno.Success));
        Guest.Stat("file", out file);
        Assert.That((file.Accessed, file.Modified), Is.EqualTo((2_000_000_009UL, before.Modified)));
    }

    [TestCase(3U)]
    [TestCase(12U)]
    [TestCase(16U)]
    public void Times_SetInTwoWays_AreRefused(uint flags)
    {
        Guest.Create("file");
        Assert.That(Guest.SetTimes("file", 1, 2, flags), Is.EqualTo(Errno.Inval));
        var file = Guest.Open("file", 0);
        Assert.That(Guest.Call("fd_filestat_set_times", file, 1, 2, flags), Is.EqualTo(Errno.Inval));
    }
}

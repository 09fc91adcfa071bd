using Plugins.Wasi.Preview1;
using Plugins.Wasi.Tests.Support;

namespace Plugins.Wasi.Tests;

/// <summary>What paths and flags open, and what they do not.</summary>
internal sealed class OpeningTests(FileSystemKind kind) : FileSystemTests(kind)
{
    [TestCase("dir/nested/file")]
    [TestCase("dir/.//nested/../../dir/nested/../nested///./file")]
    public void Path_ThatStaysWithin_IsOpened(string path)
    {
        MakeNested();
        Guest.Close(Guest.Open(path, 0, Rights.None));
    }

    [TestCase("/dir/nested/file", Errno.Perm)]
    [TestCase("dir/nested/../../../dir/nested/file", Errno.Perm)]
    [TestCase("..", Errno.Perm)]
    [TestCase("dir/../..", Errno.Perm)]
    [TestCase("dir/nested/file/", Errno.Notdir)]
    [TestCase("dir/nested/file///", Errno.Notdir)]
    [TestCase("dir/nested/file/more", Errno.Notdir)]
    [TestCase("dir/nested/file/../file", Errno.Notdir)]
    [TestCase("dir/nested/file\0", Errno.Inval)]
    [TestCase("missing", Errno.Noent)]
    [TestCase("missing/../dir", Errno.Noent)]
    [TestCase("", Errno.Noent)]
    public void Path_OfAnotherForm_IsRefused(string path, int error)
    {
        MakeNested();
        Assert.That(Guest.Open(path, out _), Is.EqualTo((Errno)error));
    }

    [TestCase("dir/nested/")]
    [TestCase("dir/nested///")]
    [TestCase("dir/nested/.")]
    [TestCase("dir/nested/..")]
    [TestCase(".")]
    public void Path_OfADirectory_MayEndAsOne(string path)
    {
        MakeNested();
        var descriptor = Guest.Open(path, 0, Rights.None);
        Assert.That(Guest.Fdstat(descriptor).Type, Is.EqualTo(FileTypes.Directory));
        Guest.Close(descriptor);
    }

    [Test]
    public void Path_ThatIsNoUtf8_IsRefused()
    {
        Guest.Memory[2048] = 0xff;
        Assert.That(
            Guest.Call("path_open", 3, 0, 2048, 1, 0, 0, 0, 0, FakeGuest.Result), Is.EqualTo(Errno.Ilseq));
    }

    [Test]
    public void Path_LongerThanTheQuota_IsRefused()
    {
        Remake(quota: new WasiQuota { PathBytes = 8 });
        Assert.That(Guest.OnPath("path_create_directory", "12345678"), Is.EqualTo(Errno.Success));
        Assert.That(Guest.OnPath("path_create_directory", "123456789"), Is.EqualTo(Errno.Nametoolong));
        Assert.That(Guest.OnPath("path_create_directory", "ééééé"), Is.EqualTo(Errno.Nametoolong));
    }

    [Test]
    public void Directory_OpenedForWriting_IsRefused()
    {
        Assert.That(
            Guest.Open(".", out _, OpenFlags.Directory, Rights.FdRead | Rights.FdWrite), Is.EqualTo(Errno.Isdir));
        Assert.That(Guest.Open(".", out _, OpenFlags.Creates), Is.EqualTo(Errno.Isdir));
        Assert.That(
            Guest.Open(".", out _, OpenFlags.Directory | OpenFlags.Creates), Is.EqualTo(Errno.Inval));
        Guest.Close(Guest.Open(".", OpenFlags.Directory, Rights.FdRead));
    }

    [Test]
    public void File_OpenedAsADirectory_IsRefused()
    {
        Guest.Create("file");
        Assert.That(Guest.Open("file", out _, OpenFlags.Directory), Is.EqualTo(Errno.Notdir));
        Assert.That(Guest.Open("new/", out _, OpenFlags.Creates), Is.EqualTo(Errno.Isdir));
    }

    [Test]
    public void File_AsTheDirectoryOfAPath_IsRefused()
    {
        var file = Guest.Open("file", OpenFlags.Creates);
        Assert.That(Guest.Open("foo", out _, OpenFlags.Creates, directory: file), Is.EqualTo(Errno.Notdir));
        Assert.That(Guest.Open("foo", out _, directory: 0), Is.EqualTo(Errno.Badf));
        Assert.That(Guest.Open("foo", out _, directory: 77), Is.EqualTo(Errno.Badf));
    }

    [Test]
    public void File_ThatIsThere_IsCreatedOnceOnly()
    {
        Guest.Create("file");
        Guest.Create("file");
        Assert.That(
            Guest.Open("file", out _, OpenFlags.Creates | OpenFlags.Exclusive), Is.EqualTo(Errno.Exist));
        Guest.Close(Guest.Open("other", OpenFlags.Creates | OpenFlags.Exclusive));
    }

    [TestCase(FdFlags.Sync)]
    [TestCase(FdFlags.DataSync)]
    [TestCase(FdFlags.ReadSync)]
    public void Flag_ThatIsNotSupported_IsRefused(int flag) => Assert.That(
        Guest.Open("file", out _, OpenFlags.Creates, flags: (FdFlags)flag), Is.EqualTo(Errno.Notsup));

    [Test]
    public void Flags_ThatAreNotKnown_AreRefused()
    {
        Assert.That(Guest.Open("file", out _, 16), Is.EqualTo(Errno.Inval));
        Assert.That(Guest.Open("file", out _, flags: (FdFlags)32), Is.EqualTo(Errno.Inval));
        Assert.That(Guest.Open("file", out _, rights: (Rights)(1UL << 30)), Is.EqualTo(Errno.Inval));
        var (address, length) = Guest.Put("file");
        Assert.That(
            Guest.Call("path_open", 3, 2, address, length, 0, 0, 0, 0, FakeGuest.Result), Is.EqualTo(Errno.Inval));
    }

    [Test]
    public void Link_AtTheEnd_IsFollowedWhereAskedFor()
    {
        Guest.OnPath("path_create_directory", "target");
        Assert.That(Guest.OnPaths("path_symlink", "target", "link"), Is.EqualTo(Errno.Success));
        Assert.That(Guest.Open("link", out _, OpenFlags.Directory), Is.EqualTo(Errno.Loop));
        Assert.That(Guest.Open("link", out _), Is.EqualTo(Errno.Loop));
        Assert.That(
            Guest.Open("link", out var directory, OpenFlags.Directory, follows: true), Is.EqualTo(Errno.Success));
        Guest.Close(directory);
        Guest.OnPath("path_unlink_file", "link");
        Guest.OnPath("path_remove_directory", "target");
        Guest.Create("target");
        Guest.OnPaths("path_symlink", "target", "link");
        Assert.That(Guest.Open("link", out _), Is.EqualTo(Errno.Loop));
        Assert.That(Guest.Open("link", out _, OpenFlags.Directory, follows: true), Is.EqualTo(Errno.Notdir));
        Assert.That(Guest.Open("link", out var file, follows: true), Is.EqualTo(Errno.Success));
        Guest.Close(file);
    }

    [Test]
    public void Link_ToItself_IsALoop()
    {
        Assert.That(Guest.OnPaths("path_symlink", "link", "link"), Is.EqualTo(Errno.Success));
        Assert.That(Guest.Open("link", out _), Is.EqualTo(Errno.Loop));
        Assert.That(Guest.Open("link", out _, follows: true), Is.EqualTo(Errno.Loop));
        Assert.That(Guest.Open("link/more", out _), Is.EqualTo(Errno.Loop));
    }

    [Test]
    public void Link_ThatDangles_CreatesWhereItLeads()
    {
        Guest.OnPath("path_create_directory", "dir");
        Guest.OnPaths("path_symlink", "dir/made", "link");
        Assert.That(Guest.Open("link", out _, follows: true), Is.EqualTo(Errno.Noent));
        Assert.That(Guest.Open("link", out var file, OpenFlags.Creates, follows: true), Is.EqualTo(Errno.Success));
        Guest.Close(file);
        Assert.That(Guest.Stat("dir/made", out _), Is.EqualTo(Errno.Success));
    }

    [TestCase(0, false)]
    [TestCase(0, true)]
    [TestCase((int)Rights.FdRead, false)]
    public void Right_ToRead_IsTold(int rights, bool writes)
    {
        Guest.Create("file");
        var asked = (Rights)rights | (writes ? Rights.FdWrite : Rights.None);
        var own = Guest.Fdstat(Guest.Open("file", 0, asked)).Rights;
        Assert.That(own.HasFlag(Rights.FdWrite), Is.EqualTo(writes));
        Assert.That(own.HasFlag(Rights.FdRead), Is.EqualTo(!writes || asked.HasFlag(Rights.FdRead)));
    }

    private void MakeNested()
    {
        Guest.OnPath("path_create_directory", "dir");
        Guest.OnPath("path_create_directory", "dir/nested");
        Guest.Create("dir/nested/file");
    }
}

using Plugins.Wasi.Preview1;
using Plugins.Wasi.Tests.Support;

namespace Plugins.Wasi.Tests;

/// <summary>Reading, writing, seeking, and what files tell.</summary>
internal sealed class FileTests(FileSystemKind kind) : FileSystemTests(kind)
{
    [Test]
    public void Writing_AndReading_GoByThePosition()
    {
        var file = Guest.Open("file", OpenFlags.Creates);
        Guest.Write(file, "hello world");
        Assert.That(Tell(file), Is.EqualTo(11));
        Assert.That(Seek(file, -5, 1), Is.EqualTo(6));
        Assert.That(Guest.ReadText(file), Is.EqualTo("world"));
        Assert.That(Guest.ReadText(file), Is.Empty);
        Assert.That(Seek(file, 100, 2), Is.EqualTo(111));
        Assert.That(Guest.ReadText(file), Is.Empty);
        Assert.That(Guest.Call("fd_seek", file, unchecked((ulong)-112), 1, FakeGuest.Result), Is.EqualTo(Errno.Inval));
        Assert.That(Guest.Call("fd_seek", file, unchecked((ulong)-1), 0, FakeGuest.Result), Is.EqualTo(Errno.Inval));
        Assert.That(Guest.Call("fd_seek", file, 0, 3, FakeGuest.Result), Is.EqualTo(Errno.Inval));
    }

    [Test]
    public void Writing_BeyondTheEnd_LeavesZeros()
    {
        var file = Guest.Open("file", OpenFlags.Creates);
        Assert.That(Guest.Write(file, "x"u8, out _, position: 5), Is.EqualTo(Errno.Success));
        Assert.That(Guest.ReadText(file), Is.EqualTo("\0\0\0\0\0x"));
        Assert.That(Guest.Read(file, 3, out var bytes, position: 4), Is.EqualTo(Errno.Success));
        Assert.That(bytes, Is.EqualTo("\0x"u8.ToArray()));
        Assert.That(Tell(file), Is.EqualTo(6));
    }

    [Test]
    public void Appending_IgnoresThePosition_UntilItIsTurnedOff()
    {
        Guest.Open("file", out var file, OpenFlags.Creates, Rights.FdRead | Rights.FdWrite, FdFlags.Append);
        Guest.Write(file, "aa");
        Seek(file, 0, 0);
        Guest.Write(file, "bb");
        Assert.That(Tell(file), Is.EqualTo(4));
        Guest.Write(file, "cc"u8, out _, position: 0);
        Assert.That(Guest.Fdstat(file).Flags, Is.EqualTo((ushort)FdFlags.Append));
        Assert.That(Guest.Call("fd_fdstat_set_flags", file, 0), Is.EqualTo(Errno.Success));
        Assert.That(Guest.Call("fd_fdstat_set_flags", file, (ulong)FdFlags.Sync), Is.EqualTo(Errno.Inval));
        Assert.That(Guest.Call("fd_fdstat_set_flags", file, 64), Is.EqualTo(Errno.Inval));
        Assert.That(Guest.Call("fd_fdstat_set_flags", 3, 0), Is.EqualTo(Errno.Badf));
        Seek(file, 0, 0);
        Guest.Write(file, "dd");
        Seek(file, 0, 0);
        Assert.That(Guest.ReadText(file), Is.EqualTo("ddbbcc"));
    }

    [Test]
    public void Truncating_EmptiesTheFile()
    {
        var file = Guest.Open("file", OpenFlags.Creates);
        Guest.Write(file, "content");
        Guest.Close(file);
        file = Guest.Open("file", OpenFlags.Creates | OpenFlags.Truncates);
        Assert.That(Guest.ReadText(file), Is.Empty);
        Guest.Close(Guest.Open("file", OpenFlags.Truncates, Rights.None));
    }

    [Test]
    public void File_OpenedForOneThing_DoesNotDoTheOther()
    {
        Guest.Create("file");
        var readable = Guest.Open("file", 0, Rights.FdRead);
        Assert.That(Guest.Write(readable, "x"u8, out _), Is.EqualTo(Errno.Badf));
        Assert.That(Guest.Call("fd_filestat_set_size", readable, 1), Is.EqualTo(Errno.Inval));
        var writable = Guest.Open("file", 0, Rights.FdWrite);
        Assert.That(Guest.Read(writable, 1, out _), Is.EqualTo(Errno.Badf));
    }

    [Test]
    public void Size_SetOrWritten_IsTold()
    {
        var file = Guest.Open("file", OpenFlags.Creates);
        var old = Guest.Stat(file);
        Assert.That(Guest.Call("fd_filestat_set_size", file, 100), Is.EqualTo(Errno.Success));
        Assert.That(Guest.Call("fd_filestat_set_times", file, 5, old.Modified - 100, 4), Is.EqualTo(Errno.Success));
        var facts = Guest.Stat(file);
        Assert.That((facts.Size, facts.Modified, facts.Accessed), Is.EqualTo((100, old.Modified - 100, old.Accessed)));
        Assert.That(Guest.Call("fd_filestat_set_size", file, 3), Is.EqualTo(Errno.Success));
        Assert.That(Guest.Call("fd_filestat_set_size", file, ulong.MaxValue), Is.Not.EqualTo(Errno.Success));
        Assert.That(Guest.ReadText(file), Is.EqualTo("\0\0\0"));
        Assert.That(Guest.Call("fd_allocate", file, 0, 10), Is.EqualTo(Errno.Notsup));
        Assert.That(Guest.Call("fd_advise", file, 0, 10, 0), Is.EqualTo(Errno.Success));
        Assert.That(Guest.Call("fd_advise", file, 0, 10, 6), Is.EqualTo(Errno.Inval));
        Assert.That(Guest.Call("fd_sync", file), Is.EqualTo(Errno.Success));
        Assert.That(Guest.Call("fd_datasync", file), Is.EqualTo(Errno.Success));
    }

    [TestCase("fd_read")]
    [TestCase("fd_write")]
    public void Range_ThatIsEmpty_IsSkipped(string function)
    {
        var file = Guest.Open("file", OpenFlags.Creates);
        Guest.Write(file, "abc");
        Seek(file, 0, 0);
        Guest.PutRange(uint.MaxValue, 0);
        Guest.PutRange(FakeGuest.Data, 2, 1);
        Assert.That(Guest.Call(function, file, 20_480, 2, FakeGuest.Result), Is.EqualTo(Errno.Success));
        Assert.That(Guest.UInt32(), Is.EqualTo(2));
    }

    [TestCase("fd_read", 3UL, 20_480UL, 1UL, 0UL)]
    [TestCase("fd_write", 3UL, 20_480UL, 1UL, 0UL)]
    [TestCase("fd_pread", 3UL, 20_480UL, 1UL, 0UL, 0UL)]
    [TestCase("fd_pwrite", 3UL, 20_480UL, 1UL, 0UL, 0UL)]
    [TestCase("fd_seek", 3UL, 0UL, 0UL, 0UL)]
    [TestCase("fd_tell", 3UL, 0UL)]
    [TestCase("fd_allocate", 3UL, 0UL, 0UL)]
    [TestCase("fd_advise", 3UL, 0UL, 0UL, 0UL)]
    [TestCase("fd_filestat_set_size", 3UL, 0UL)]
    [TestCase("fd_sync", 3UL)]
    public void Directory_AsAFile_IsABadDescriptor(string function, params ulong[] arguments) =>
        Assert.That(Guest.Call(function, arguments), Is.EqualTo(Errno.Badf));

    [Test]
    public void File_Removed_GoesOnUntilItIsClosed()
    {
        var file = Guest.Open("file", OpenFlags.Creates);
        Guest.Write(file, "still");
        Guest.OnPath("path_unlink_file", "file");
        Guest.Create("file");
        Seek(file, 0, 0);
        Assert.That(Guest.ReadText(file), Is.EqualTo("still"));
        Assert.That(Guest.Stat(file).Links, Is.Zero);
        Guest.Close(file);
    }

    private long Seek(uint file, long offset, uint whence)
    {
        Assert.That(
            Guest.Call("fd_seek", file, (ulong)offset, whence, FakeGuest.Result), Is.EqualTo(Errno.Success));
        return (long)Guest.UInt64();
    }

    private long Tell(uint file)
    {
        Assert.That(Guest.Call("fd_tell", file, FakeGuest.Result), Is.EqualTo(Errno.Success));
        return (long)Guest.UInt64();
    }
}

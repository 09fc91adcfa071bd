using System.Text;
using Plugins.Wasi.Preview1;
using Plugins.Wasi.Tests.Support;

namespace Plugins.Wasi.Tests;

/// <summary>The table, and what descriptors are when nothing or little was given.</summary>
internal sealed class DescriptorTests
{
    private FakeGuest _guest = new(new WasiOptions());

    [SetUp]
    public void Give() => _guest = new FakeGuest(new WasiOptions());

    [TearDown]
    public void Take() => _guest.Dispose();

    [Test]
    public void Guest_GivenNothing_HasThreeStreamsThatLeadNowhere()
    {
        Assert.That(_guest.Read(0, 10, out var bytes), Is.EqualTo(Errno.Success));
        Assert.That(bytes, Is.Empty);
        _guest.Write(1, "lost");
        _guest.Write(2, "lost");
        Assert.That(_guest.Call("fd_prestat_get", 3, FakeGuest.Result), Is.EqualTo(Errno.Badf));
        Assert.That(_guest.Call("clock_time_get", 0, 0, FakeGuest.Result), Is.EqualTo(Errno.Notcapable));
        Assert.That(_guest.Call("clock_res_get", 1, FakeGuest.Result), Is.EqualTo(Errno.Notcapable));
        Assert.That(_guest.Call("random_get", FakeGuest.Result, 8), Is.EqualTo(Errno.Notcapable));
        foreach (var function in new[] { "args_sizes_get", "environ_sizes_get" })
        {
            Assert.That(_guest.Call(function, FakeGuest.Result, FakeGuest.Result + 4), Is.EqualTo(Errno.Success));
            Assert.That(_guest.UInt64(), Is.Zero);
        }
    }

    [Test]
    public void Streams_AreNoFiles()
    {
        Assert.That(_guest.Fdstat(0), Is.EqualTo(((byte)0, (ushort)0, Rights.FdRead, Rights.FdRead)));
        Assert.That(_guest.Fdstat(1).Rights, Is.EqualTo(Rights.FdWrite));
        Assert.That(_guest.Stat(2).Type, Is.Zero);
        Assert.That(_guest.Write(0, "x"u8, out _), Is.EqualTo(Errno.Badf));
        Assert.That(_guest.Read(1, 1, out _), Is.EqualTo(Errno.Badf));
        Assert.That(_guest.Write(1, "x"u8, out _, position: 0), Is.EqualTo(Errno.Spipe));
        Assert.That(_guest.Read(0, 1, out _, position: 0), Is.EqualTo(Errno.Spipe));
        Assert.That(_guest.Call("fd_seek", 1, 0, 0, FakeGuest.Result), Is.EqualTo(Errno.Spipe));
        Assert.That(_guest.Call("fd_tell", 0, FakeGuest.Result), Is.EqualTo(Errno.Spipe));
        Assert.That(_guest.Call("fd_fdstat_set_flags", 1, 1), Is.EqualTo(Errno.Badf));
    }

    [Test]
    public void Directory_ThatIsGiven_TellsItsNameAndRights()
    {
        Give(new MemoryFileSystem());
        Assert.That(_guest.Call("fd_prestat_get", 3, FakeGuest.Result), Is.EqualTo(Errno.Success));
        Assert.That((_guest.UInt32(), _guest.UInt32(FakeGuest.Result + 4)), Is.EqualTo((0, 5)));
        Assert.That(_guest.Call("fd_prestat_dir_name", 3, FakeGuest.Data, 4), Is.EqualTo(Errno.Nametoolong));
        Assert.That(_guest.Call("fd_prestat_dir_name", 3, FakeGuest.Data, 6), Is.EqualTo(Errno.Success));
        Assert.That(Encoding.UTF8.GetString(_guest.Memory, (int)FakeGuest.Data, 5), Is.EqualTo("/data"));
        var (type, flags, own, inherited) = _guest.Fdstat(3);
        Assert.That((type, flags), Is.EqualTo((FileTypes.Directory, 0)));
        Assert.That((own, inherited), Is.EqualTo((Rights.Preopened, Rights.Inherited)));
        var opened = _guest.Open(".", OpenFlags.Directory, Rights.FdRead);
        Assert.That(_guest.Call("fd_prestat_get", opened, FakeGuest.Result), Is.EqualTo(Errno.Badf));
        Assert.That(_guest.Call("fd_prestat_dir_name", opened, FakeGuest.Data, 6), Is.EqualTo(Errno.Notdir));
        Assert.That(_guest.Fdstat(opened).Rights & (Rights.FdSeek | Rights.FdFilestatSetSize), Is.EqualTo(Rights.None));
        Assert.That(_guest.Call("fd_fdstat_set_rights", opened, 0, 0), Is.EqualTo(Errno.Notsup));
        Assert.That(_guest.Call("fd_fdstat_set_rights", 0, 0, 0), Is.EqualTo(Errno.Badf));
        Assert.That(_guest.Call("fd_fdstat_set_rights", opened, 1UL << 40, 0), Is.EqualTo(Errno.Inval));
        _guest.Close(3);
        Assert.That(_guest.Call("fd_fdstat_get", 3, FakeGuest.Result), Is.EqualTo(Errno.Badf));
        Assert.That(_guest.Stat(opened).Type, Is.EqualTo(FileTypes.Directory));
    }

    [Test]
    public void Renumbering_ClosesWhatIsReplaced()
    {
        Give(new MemoryFileSystem());
        var from = _guest.Open("from", OpenFlags.Creates);
        var to = _guest.Open("to", OpenFlags.Creates);
        Assert.That((from, to), Is.EqualTo((4, 5)));
        _guest.Write(from, "from");
        Assert.That(_guest.Call("fd_renumber", from, to), Is.EqualTo(Errno.Success));
        Assert.That(_guest.Call("fd_close", from), Is.EqualTo(Errno.Badf));
        Assert.That(_guest.Stat(to).Size, Is.EqualTo(4));
        Assert.That(_guest.Call("fd_renumber", to, from), Is.EqualTo(Errno.Badf));
        Assert.That(_guest.Call("fd_renumber", 99, to), Is.EqualTo(Errno.Badf));
        Assert.That(_guest.Call("fd_renumber", to, to), Is.EqualTo(Errno.Success));
        Assert.That(_guest.Call("fd_renumber", to, 3), Is.EqualTo(Errno.Success));
        Assert.That(_guest.Stat(3).Size, Is.EqualTo(4));
        Assert.That(_guest.Call("fd_renumber", 0, 3), Is.EqualTo(Errno.Success));
        Assert.That(_guest.Fdstat(3).Rights, Is.EqualTo(Rights.FdRead));
    }

    [Test]
    public void Number_ThatIsFreeAgain_IsGivenFirst()
    {
        Give(new MemoryFileSystem());
        uint[] opened = [.. Enumerable.Range(0, 4).Select(count => _guest.Open($"{count}", OpenFlags.Creates))];
        _guest.Close(opened[1]);
        _guest.Close(opened[2]);
        Assert.That(_guest.Open("a", OpenFlags.Creates), Is.EqualTo(opened[2]));
        Assert.That(_guest.Open("b", OpenFlags.Creates), Is.EqualTo(opened[1]));
        Assert.That(_guest.Open("c", OpenFlags.Creates), Is.EqualTo(opened[3] + 1));
    }

    [TestCase("sock_accept", 1UL, 0UL, 0UL)]
    [TestCase("sock_recv", 1UL, 0UL, 0UL, 0UL, 0UL, 0UL)]
    [TestCase("sock_send", 1UL, 0UL, 0UL, 0UL, 0UL)]
    [TestCase("sock_shutdown", 1UL, 1UL)]
    public void Socket_IsNothingThatGuestsHave(string function, params ulong[] arguments)
    {
        Assert.That(_guest.Call(function, arguments), Is.EqualTo(Errno.Notsock));
        arguments[0] = 99;
        Assert.That(_guest.Call(function, arguments), Is.EqualTo(Errno.Badf));
    }

    [Test]
    public void Arguments_AndEnvironment_AreWrittenWithTheirPointers()
    {
        _guest.Dispose();
        _guest = new FakeGuest(new WasiOptions
        {
            Arguments = ["prog", "é", ""],
            Environment = [new("A", "1"), new("B", "x=y")],
        });
        Assert.That(_guest.Call("args_sizes_get", FakeGuest.Result, FakeGuest.Result + 4), Is.EqualTo(Errno.Success));
        Assert.That((_guest.UInt32(), _guest.UInt32(FakeGuest.Result + 4)), Is.EqualTo((3, 9)));
        Assert.That(_guest.Call("args_get", FakeGuest.Result, FakeGuest.Data), Is.EqualTo(Errno.Success));
        Assert.That(Encoding.UTF8.GetString(_guest.Memory, (int)FakeGuest.Data, 9), Is.EqualTo("prog\0é\0\0"));
        Assert.That(_guest.UInt32(FakeGuest.Result + 8), Is.EqualTo(FakeGuest.Data + 8));
        Assert.That(_guest.Call("environ_get", FakeGuest.Result, FakeGuest.Data), Is.EqualTo(Errno.Success));
        Assert.That(Encoding.UTF8.GetString(_guest.Memory, (int)FakeGuest.Data, 10), Is.EqualTo("A=1\0B=x=y\0"));
    }

    [Test]
    public void Exit_EndsTheGuestWithItsCode() => Assert.That(
        () => _guest.Call("proc_exit", 42),
        Throws.TypeOf<WasiExitException>().With.Property("Code").EqualTo(42));

    [Test]
    public void Signals_AreNotRaised()
    {
        Assert.That(_guest.Call("proc_raise", 9), Is.EqualTo(Errno.Notsup));
        Assert.That(_guest.Call("proc_raise", 31), Is.EqualTo(Errno.Inval));
        Assert.That(_guest.Call("sched_yield"), Is.EqualTo(Errno.Success));
    }

    [Test]
    public void Functions_AreThe46OfPreview1()
    {
        Assert.That(WasiFunctions.Preview1, Has.Count.EqualTo(46));
        Assert.That(
            WasiFunctions.Preview1.Values.Single(function => !function.HasResult).Name, Is.EqualTo("proc_exit"));
    }

    // Each pointer of each function, outside the memory and askew.
    [TestCase("args_sizes_get", 0, 4)]
    [TestCase("args_sizes_get", 1, 4)]
    [TestCase("args_get", 0, 4)]
    [TestCase("args_get", 1, 1)]
    [TestCase("environ_sizes_get", 0, 4)]
    [TestCase("environ_get", 0, 4)]
    [TestCase("clock_time_get", 2, 8)]
    [TestCase("clock_res_get", 1, 8)]
    [TestCase("random_get", 0, 1)]
    [TestCase("fd_fdstat_get", 1, 8)]
    [TestCase("fd_filestat_get", 1, 8)]
    [TestCase("fd_prestat_get", 1, 4)]
    [TestCase("fd_prestat_dir_name", 1, 1)]
    [TestCase("fd_read", 1, 4)]
    [TestCase("fd_read", 3, 4)]
    [TestCase("fd_pread", 1, 4)]
    [TestCase("fd_pread", 4, 4)]
    [TestCase("fd_write", 1, 4)]
    [TestCase("fd_write", 3, 4)]
    [TestCase("fd_pwrite", 1, 4)]
    [TestCase("fd_pwrite", 4, 4)]
    [TestCase("fd_seek", 3, 8)]
    [TestCase("fd_tell", 1, 8)]
    [TestCase("fd_readdir", 1, 1)]
    [TestCase("fd_readdir", 4, 4)]
    [TestCase("path_create_directory", 1, 1)]
    [TestCase("path_filestat_get", 2, 1)]
    [TestCase("path_filestat_get", 4, 8)]
    [TestCase("path_filestat_set_times", 2, 1)]
    [TestCase("path_link", 2, 1)]
    [TestCase("path_link", 5, 1)]
    [TestCase("path_open", 2, 1)]
    [TestCase("path_open", 8, 4)]
    [TestCase("path_readlink", 1, 1)]
    [TestCase("path_readlink", 5, 4)]
    [TestCase("path_remove_directory", 1, 1)]
    [TestCase("path_rename", 1, 1)]
    [TestCase("path_rename", 4, 1)]
    [TestCase("path_symlink", 0, 1)]
    [TestCase("path_symlink", 3, 1)]
    [TestCase("path_unlink_file", 1, 1)]
    [TestCase("poll_oneoff", 0, 8)]
    [TestCase("poll_oneoff", 1, 8)]
    [TestCase("poll_oneoff", 3, 4)]
    public void Pointer_OutsideTheMemory_OrAskew_EndsTheGuest(string function, int pointer, int alignment)
    {
        foreach (var bad in new[] { 65_536U, uint.MaxValue - 7, 65_529U })
        {
            if (bad == 65_529 && alignment == 1)
            {
                continue;
            }

            ulong[] arguments = Fitting(function);
            arguments[pointer] = bad;
            Assert.That(() => _guest.Call(function, arguments), Throws.TypeOf<WasiMemoryException>(), $"{bad}");
            _guest.Dispose();
        }
    }

    [Test]
    public void Range_OutsideTheMemory_EndsTheGuest()
    {
        _guest.PutRange(65_530, 7);
        Assert.That(() => Write(20_480, 1), Throws.TypeOf<WasiMemoryException>());
        Assert.That(() => Write(65_528, uint.MaxValue), Throws.TypeOf<WasiMemoryException>());

        void Write(uint ranges, uint count) => _guest.Call("fd_write", 1, ranges, count, FakeGuest.Result);
    }

    /// <summary>A call that succeeds.</summary>
    private ulong[] Fitting(string function)
    {
        var files = new MemoryFileSystem();
        files.WriteFile("file", "text");
        _guest = new FakeGuest(new WasiOptions
        {
            Arguments = ["a"],
            Environment = [new("A", "1")],
            Clock = TimeProvider.System,
            Random = System.Security.Cryptography.RandomNumberGenerator.Create(),
            Directories = [WasiDirectory.OfMemory("/data", files)],
        });
        _guest.OnPaths("path_symlink", "file", "link");
        var file = _guest.Open("file", 0);
        _guest.PutRange(FakeGuest.Data, 2);
        var (path, length) = _guest.Put(function switch
        {
            "path_create_directory" or "path_remove_directory" => "new",
            "path_readlink" => "link",
            _ => "file",
        });
        var (second, secondLength) = _guest.Put("other", second: true);
        const ulong result = FakeGuest.Result;
        const ulong ranges = 20_480;
        return function switch
        {
            "args_get" or "environ_get" or "args_sizes_get" or "environ_sizes_get" => [result, result + 8],
            "clock_time_get" => [0, 0, result],
            "clock_res_get" => [0, result],
            "random_get" => [result, 8],
            "fd_prestat_get" => [3, result],
            "fd_prestat_dir_name" => [3, result, 5],
            "fd_read" or "fd_write" => [file, ranges, 1, result],
            "fd_pread" or "fd_pwrite" => [file, ranges, 1, 0, result],
            "fd_seek" => [file, 0, 0, result],
            "fd_readdir" => [3, FakeGuest.Data, 100, 0, result],
            "path_filestat_get" => [3, 0, path, length, result],
            "path_filestat_set_times" => [3, 0, path, length, 0, 0, 0],
            "path_link" => [3, 0, path, length, 3, second, secondLength],
            "path_open" => [3, 0, path, length, 0, 0, 0, 0, result],
            "path_readlink" => [3, path, length, FakeGuest.Data, 10, result],
            "path_rename" => [3, path, length, 3, second, secondLength],
            "path_symlink" => [path, length, 3, second, secondLength],
            "poll_oneoff" => [FakeGuest.Data, result, 1, result + 64],
            _ when function.StartsWith("path_", StringComparison.Ordinal) => [3, path, length],
            _ => [file, result],
        };
    }

    private void Give(MemoryFileSystem files)
    {
        _guest.Dispose();
        _guest = new FakeGuest(new WasiOptions { Directories = [WasiDirectory.OfMemory("/data", files)] });
    }
}

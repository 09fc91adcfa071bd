using System.Diagnostics;
using System.Runtime.InteropServices;
using Plugins.Wasi.Files.Host;
using Plugins.Wasi.Preview1;
using Plugins.Wasi.Tests.Support;

namespace Plugins.Wasi.Tests;

/// <summary>What lies outside a directory of the host, or in it without being a file, is out of reach.</summary>
[TestFixture(FileSystemKind.Host)]
[TestFixture(FileSystemKind.HostWalk)]
[Platform("Linux")]
[NonParallelizable]
internal sealed partial class ConfinementTests(FileSystemKind kind)
{
    private string _folder = string.Empty;
    private FakeGuest? _guest;

    private FakeGuest Guest => _guest!;

    private string Outside => Path.Combine(_folder, "outside");

    [SetUp]
    public void Give()
    {
        LinuxHandle.AvoidsOpenBeneath = kind == FileSystemKind.HostWalk;
        _folder = Directory.CreateTempSubdirectory("wasi-").FullName;
        Directory.CreateDirectory(Path.Combine(_folder, "given", "dir"));
        Directory.CreateDirectory(Outside);
        File.WriteAllText(Path.Combine(Outside, "secret"), "secret");
        _guest = new FakeGuest(new WasiOptions { Directories = [WasiDirectory.OfHost("/", Given())] });
    }

    [TearDown]
    public void Take()
    {
        _guest?.Dispose();
        LinuxHandle.AvoidsOpenBeneath = false;

        // The base library cannot delete a name that is no UTF-8.
        using var removed = Process.Start("rm", ["-rf", _folder]);
        removed.WaitForExit();
    }

    // Each leads out, as the guest could not have made it but the host could.
    [TestCase("../outside/secret", "link")]
    [TestCase("../outside", "link/secret")]
    [TestCase("../../outside", "dir/link/secret")]
    [TestCase("../outside", "dir/../link/secret")]
    [TestCase("/", "link/etc/passwd")]
    [TestCase("/etc/passwd", "link")]
    [TestCase("..", "link/outside/secret")]
    [TestCase(".", "link/../outside/secret")]
    [TestCase("dir/../../outside/secret", "link")]
    [TestCase("/proc/self/root", "link/etc/passwd")]
    public void Link_ThatLeadsOut_IsNotFollowed(string contents, string path)
    {
        var isNested = path.StartsWith("dir/link", StringComparison.Ordinal);
        File.CreateSymbolicLink(Given(isNested ? "dir/link" : "link"), contents);
        Assert.That(Guest.Open(path, out _, 0, Rights.FdRead, follows: true), Is.EqualTo(Errno.Perm));
        Assert.That(Guest.Open(path, out _, OpenFlags.Creates, Rights.FdWrite, follows: true), Is.EqualTo(Errno.Perm));
        Assert.That(Guest.Stat(path, out _, follows: true), Is.EqualTo(Errno.Perm));
        Assert.That(Guest.SetTimes(path, 1, 1, 5, follows: true), Is.EqualTo(Errno.Perm));
        Assert.That(Guest.Open(path + "/", out _), Is.EqualTo(Errno.Perm));
        Assert.That(Guest.Stat(path + "/", out _), Is.EqualTo(Errno.Perm));
        Assert.That(Guest.SetTimes(path + "/", 1, 1, 5), Is.EqualTo(Errno.Perm));
        Assert.That(Guest.ReadLink(path + "/", 10, out _), Is.EqualTo(Errno.Perm));
        Assert.That(Guest.OnPaths("path_link", path + "/", "x"), Is.EqualTo(Errno.Perm));
    }

    [TestCase("path_create_directory")]
    [TestCase("path_remove_directory")]
    [TestCase("path_unlink_file")]
    public void Link_InTheMiddle_LeadsNothingOut(string function)
    {
        File.CreateSymbolicLink(Given("link"), "../outside");
        Assert.That(Guest.OnPath(function, "link/secret"), Is.EqualTo(Errno.Perm));
        Assert.That(Guest.OnPath(function, "link/new"), Is.EqualTo(Errno.Perm));
        Assert.That(Guest.OnPaths("path_rename", "link/secret", "x"), Is.EqualTo(Errno.Perm));
        Assert.That(Guest.OnPaths("path_rename", "dir", "link/x"), Is.EqualTo(Errno.Perm));
        Assert.That(Guest.OnPaths("path_link", "link/secret", "x"), Is.EqualTo(Errno.Perm));
        Assert.That(Guest.OnPaths("path_symlink", "x", "link/y"), Is.EqualTo(Errno.Perm));
        Assert.That(Guest.ReadLink("link/secret", 10, out _), Is.EqualTo(Errno.Perm));
        Assert.That(File.ReadAllText(Path.Combine(Outside, "secret")), Is.EqualTo("secret"));
        Assert.That(Directory.GetFileSystemEntries(Outside), Has.Length.EqualTo(1));
    }

    [TestCase("path_create_directory", Errno.Exist)]
    [TestCase("path_remove_directory", Errno.Notdir)]
    [TestCase("path_unlink_file", Errno.Notdir)]
    public void Link_WithASlash_IsNotFollowedByWhatChangesNames(string function, int error)
    {
        File.CreateSymbolicLink(Given("link"), "../outside");
        Assert.That(Guest.OnPath(function, "link/"), Is.EqualTo((Errno)error));
        Assert.That(Guest.OnPaths("path_rename", "link/", "x"), Is.EqualTo(Errno.Notdir));
        Assert.That(Guest.OnPaths("path_rename", "dir/", "link/"), Is.EqualTo(Errno.Notdir));
        Assert.That(Guest.OnPaths("path_symlink", "x", "link/"), Is.Not.EqualTo(Errno.Success));
        Assert.That(Guest.OnPaths("path_link", "link", "link/"), Is.Not.EqualTo(Errno.Success));
        Assert.That(Directory.GetFileSystemEntries(Outside), Has.Length.EqualTo(1));
    }

    [Test]
    public void Link_ThatStaysWithin_IsFollowedHoweverItGoes()
    {
        File.WriteAllText(Given("dir/file"), "inside");
        File.CreateSymbolicLink(Given("dir/up"), "..");
        File.CreateSymbolicLink(Given("chain"), "dir/up/dir/./file");
        File.CreateSymbolicLink(Given("slash"), "dir/");
        Assert.That(Guest.Open("chain", out var file, 0, Rights.FdRead, follows: true), Is.EqualTo(Errno.Success));
        Assert.That(Guest.ReadText(file), Is.EqualTo("inside"));
        Assert.That(Guest.Open("slash/file", out _, 0, Rights.FdRead), Is.EqualTo(Errno.Success));
        Assert.That(Guest.Open("slash", out var directory, 0, Rights.FdRead, follows: true), Is.EqualTo(Errno.Success));
        Assert.That(Guest.Open("../dir/file", out _, directory: directory), Is.EqualTo(Errno.Perm));
    }

    [Test]
    public void Contents_OfAnAbsoluteLink_AreNotTold()
    {
        File.CreateSymbolicLink(Given("link"), _folder);
        Assert.That(Guest.ReadLink("link", 100, out _), Is.EqualTo(Errno.Perm));
    }

    [Test]
    public void Links_InALongChain_AreALoop()
    {
        File.WriteAllText(Given("0"), "end");
        for (var count = 1; count <= 50; count++)
        {
            File.CreateSymbolicLink(Given($"{count}"), $"{count - 1}");
        }

        Assert.That(Guest.Open("40", out _, follows: true), Is.EqualTo(Errno.Success));
        Assert.That(Guest.Open("45", out _, follows: true), Is.EqualTo(Errno.Loop));
    }

    [Test]
    public void Fifo_AndDevice_AreNotOpened()
    {
        using (var made = Process.Start("mkfifo", Given("fifo")))
        {
            made.WaitForExit();
        }

        Assert.That(Guest.Open("fifo", out _, 0, Rights.FdRead), Is.EqualTo(Errno.Perm));
        Assert.That(Guest.Open("fifo", out _, OpenFlags.Creates, Rights.FdWrite), Is.EqualTo(Errno.Perm));
        using var devices = new FakeGuest(new WasiOptions { Directories = [WasiDirectory.OfHost("/", "/dev")] });
        Assert.That(devices.Open("null", out _, 0, Rights.FdRead), Is.EqualTo(Errno.Perm));
        Assert.That(devices.Open("zero", out _, 0, Rights.FdRead), Is.EqualTo(Errno.Perm));
        devices.Stat("null", out var facts);
        Assert.That(facts.Type, Is.EqualTo(2));
    }

    [Test]
    public void Names_ThatAreNoUtf8_AreLeftOut()
    {
        using (var made = Process.Start("sh", ["-c", $"touch \"{Given()}/$(printf 'a\\377b')\""]))
        {
            made.WaitForExit();
        }

        Assert.That(Directory.GetFileSystemEntries(Given()), Has.Length.EqualTo(2));
        Assert.That(
            Guest.List(3, 0, 1000, out _).Select(entry => entry.Name), Is.EqualTo(new[] { ".", "..", "dir" }));
    }

    [Test]
    public void Renames_ThatRaceWithAPath_LeadNothingOut()
    {
        Directory.CreateDirectory(Given("dir/a"));
        File.WriteAllText(Given("dir/a/secret"), "inside");
        Directory.CreateDirectory(Path.Combine(_folder, "parked"));
        File.CreateSymbolicLink(Given("dir/evil"), "../../outside");
        using var over = new CancellationTokenSource();
        var racing = Task.Run(() => Race(over.Token), CancellationToken.None);
        var read = 0;
        for (var round = 0; round < 30_000; round++)
        {
            if (Guest.Open("dir/a/secret", out var file, 0, Rights.FdRead, follows: true) == Errno.Success)
            {
                Assert.That(Guest.ReadText(file), Is.EqualTo("inside"));
                Guest.Close(file);
                read++;
            }

            if (Guest.Open("dir/a/../../../outside/secret", out file, 0, Rights.FdRead) == Errno.Success)
            {
                Assert.Fail("It got out.");
            }
        }

        over.Cancel();
        racing.Wait(CancellationToken.None);
        Assert.That(read, Is.Positive);
    }

    // The directory becomes a link that leads out, and moves away and back, while it is walked.
    private void Race(CancellationToken token)
    {
        var (inside, link, parked) = (Given("dir/a"), Given("dir/evil"), Path.Combine(_folder, "parked", "a"));
        while (!token.IsCancellationRequested)
        {
            foreach (var (from, to) in new[] { (inside, parked), (link, inside), (inside, link), (parked, inside) })
            {
                Assert.That(Rename(from, to), Is.Zero);
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "rename", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Rename(string from, string to);

    private string Given(string path = "") => Path.Combine(_folder, "given", path);
}

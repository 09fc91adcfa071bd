using Plugins.Wasi.Files.Host;

namespace Plugins.Wasi.Tests.Support;

/// <summary>Facts that hold for every kind of file system.</summary>
[TestFixture(FileSystemKind.Memory)]
[TestFixture(FileSystemKind.Host)]
[TestFixture(FileSystemKind.HostWalk)]
[NonParallelizable]
internal abstract class FileSystemTests(FileSystemKind kind)
{
    private FakeGuest? _guest;

    protected FileSystemKind Kind => kind;

    protected string Folder { get; private set; } = string.Empty;

    protected FakeGuest Guest => _guest!;

    [SetUp]
    public void Give()
    {
        if (kind != FileSystemKind.Memory && !WasiDirectory.SupportsHost)
        {
            Assert.Ignore("Directories of the host are given on Linux only.");
        }

        LinuxHandle.AvoidsOpenBeneath = kind == FileSystemKind.HostWalk;
        Folder = Directory.CreateTempSubdirectory("wasi-").FullName;
        _guest = Make();
    }

    [TearDown]
    public void Take()
    {
        _guest?.Dispose();
        LinuxHandle.AvoidsOpenBeneath = false;
        Directory.Delete(Folder, recursive: true);
    }

    protected FakeGuest Make(bool isReadOnly = false, WasiQuota? quota = null) => new(new WasiOptions
    {
        Directories = [Directory_(isReadOnly)],
        Quota = quota ?? new WasiQuota(),
    });

    protected void Remake(bool isReadOnly = false, WasiQuota? quota = null)
    {
        _guest?.Dispose();
        _guest = Make(isReadOnly, quota);
    }

    private MemoryFileSystem? _files;

    private WasiDirectory Directory_(bool isReadOnly) => kind == FileSystemKind.Memory
        ? WasiDirectory.OfMemory("/", _files ??= new MemoryFileSystem(), isReadOnly)
        : WasiDirectory.OfHost("/", Folder, isReadOnly);

    [TearDown]
    public void Forget() => _files = null;
}

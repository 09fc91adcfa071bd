using Plugins.Host.Wasmtime.Loading;

namespace Plugins.Host.Wasmtime.Tests.Loading;

internal sealed class LibraryLocatorTests
{
    [Test]
    public void Files_WithAnExplicitPath_AreThatOne() =>
        Assert.That(LibraryLocator.Files("/opt/libwasmtime.so"), Is.EqualTo(new[] { "/opt/libwasmtime.so" }));

    [Test]
    public void Files_OfAnApplication_AreTheHostsThenThePackagesAndItsOwn()
    {
        var separator = Path.PathSeparator;
        var package = Path.GetFullPath(Path.Combine("/cache", "wasmtime", "runtimes", "linux-x64", "native"));
        var files = LibraryLocator.Files(
            "/app",
            "linux-x64",
            $"{package}{Path.DirectorySeparatorChar}{separator}/dotnet/framework{separator}");
        string[] folders =
        [
            package,
            "/dotnet/framework",
            Path.Combine("/app", "runtimes", "linux-x64", "native"),
            "/app",
        ];
        Assert.That(
            files,
            Is.EqualTo(folders.Select(folder => Path.GetFullPath(Path.Combine(folder, LibraryLocator.FileName)))));
    }

    [Test]
    public void Files_OfAFileThatWasUnpacked_AreInTheFolderItWasUnpackedTo() => Assert.That(
        LibraryLocator.Files("/app", "linux-x64", "/tmp/.net/app/abc/").First(),
        Is.EqualTo(Path.GetFullPath(Path.Combine("/tmp/.net/app/abc", LibraryLocator.FileName))));

    [Test]
    public void Files_OfNoApplication_NeverNameTheCurrentDirectory() => Assert.That(
        LibraryLocator.Files("/app", "linux-x64", string.Empty),
        Is.All.StartsWith(Path.GetFullPath("/app")));
}

using System.Runtime.InteropServices;
using Plugins.Host.Wasmtime.Errors;
using Plugins.Host.Wasmtime.Loading;
using Plugins.Host.Wasmtime.Tests.Support;

namespace Plugins.Host.Wasmtime.Tests.Loading;

internal sealed class WasmtimeLibraryTests
{
    [TestCase("48")]
    [TestCase("34")]
    public void Library_OfAVersion_TellsItsGenerationByItsSymbols(string version)
    {
        var path = WasmtimeLibraries.Require(version);
        var library = WasmtimeLibrary.Load(path);
        Assert.That(library.Path, Is.EqualTo(path));
        Assert.That(library.Generation, Is.EqualTo(path.Contains("-34", StringComparison.Ordinal) ? "34" : "48"));
    }

    [Test]
    public void Library_LoadedTwice_IsTheSame()
    {
        var path = WasmtimeLibraries.Newest;
        var library = WasmtimeLibrary.Load(path);
        Assert.That(WasmtimeLibrary.Load(path), Is.SameAs(library));
    }

    [Test]
    public void Path_OfNothing_IsTheOnePlaceThatIsNamed()
    {
        var path = Path.Combine(TestContext.CurrentContext.WorkDirectory, "missing", "libwasmtime.so");
        var missing = Assert.Throws<WasmtimeLibraryMissingException>(() => Make(path))!;
        Assert.That(missing.Places, Is.EqualTo(new[] { new LibraryPlace(path, IsPresent: false) }));
        Assert.That(missing.Message, Does.Contain(path));
    }

    [Test]
    public void Path_OfAFileThatIsNoLibrary_IsToldAsPresent()
    {
        var path = typeof(WasmtimeLibraryTests).Assembly.Location;
        var missing = Assert.Throws<WasmtimeLibraryMissingException>(() => Make(path))!;
        Assert.That(missing.Places, Is.EqualTo(new[] { new LibraryPlace(path, IsPresent: true) }));
        Assert.That(missing.Message, Does.Contain("could not be loaded"));
    }

    [Test]
    public void Library_OfSomethingElse_IsRefusedWithWhatItLacks()
    {
        var path = Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), NativeName("System.Native"));
        Assume.That(path, Does.Exist);
        var unsuitable = Assert.Throws<WasmtimeLibraryUnsuitableException>(() => Make(path))!;
        Assert.That(unsuitable.Path, Is.EqualTo(path));
        Assert.That(unsuitable.MissingSymbols, Does.Contain("wasmtime_module_new").And.Contain("wasm_config_new"));
        Assert.That(unsuitable.Message, Does.Contain("wasmtime_module_new"));
    }

    [Test]
    public void Places_WithoutAPath_EndWithTheSystem()
    {
        if (NativeLibrary.TryLoad(LibraryLocator.FileName, out _))
        {
            Assert.Ignore("The system has a Wasmtime library.");
        }

        var missing = Assert.Throws<WasmtimeLibraryMissingException>(() => Make(null))!;
        Assert.That(missing.Places, Has.Length.GreaterThanOrEqualTo(3));
        var own = Path.Combine(AppContext.BaseDirectory, LibraryLocator.FileName);
        Assert.That(missing.Places[^2].Path, Is.EqualTo(own));
        Assert.That(missing.Places[^1].Path, Is.EqualTo(LibraryLocator.FileName));
    }

    private static WasmtimeEngine Make(string? path) => new(new WasmtimeEngineOptions { LibraryPath = path });

    private static string NativeName(string name) => OperatingSystem.IsWindows() ? $"{name}.dll"
        : OperatingSystem.IsMacOS() ? $"lib{name}.dylib"
        : $"lib{name}.so";
}

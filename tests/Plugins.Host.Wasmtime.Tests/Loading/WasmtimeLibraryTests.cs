using System.Runtime.InteropServices;
using Plugins.Host.Wasmtime.Errors;
using Plugins.Host.Wasmtime.Loading;
using Plugins.Host.Wasmtime.Native;
using Plugins.Host.Wasmtime.Tests.Support;

namespace Plugins.Host.Wasmtime.Tests.Loading;

internal sealed class WasmtimeLibraryTests
{
    [Test]
    public void Library_WithoutAPath_IsThePackages()
    {
        var library = WasmtimeLibrary.Load(explicitPath: null);
        Assert.That(library.Path, Does.Exist);
        Assert.That(library.Version, Is.EqualTo(50));
    }

    [Test]
    public void Library_OfALongTermVersion_IsTakenByItsPath()
    {
        var path = WasmtimeLibraries.Require(WasmtimeLibraries.LongTerm);
        var library = WasmtimeLibrary.Load(path);
        Assert.That((library.Path, library.Version), Is.EqualTo((path, 48)));
    }

    [Test]
    public void Library_LoadedTwice_IsTheSame()
    {
        var library = WasmtimeLibrary.Load(explicitPath: null);
        Assert.That(WasmtimeLibrary.Load(library.Path), Is.SameAs(library));
    }

    [Test]
    public void Library_OlderThanTheFloor_IsRefusedWithTheVersionThatIsNeeded()
    {
        var refusal = Assert.Throws<WasmtimeLibraryUnsuitableException>(
            () => WasmtimeLibrary.ThrowIfUnsuitable("/lib/old.so", new SymbolTable(_ => 1), version: 47))!;
        Assert.That((refusal.Path, refusal.Version, refusal.MissingSymbols.Length), Is.EqualTo(("/lib/old.so", 47, 0)));
        Assert.That(refusal.Message, Does.Contain("Wasmtime 47").And.Contain("48 or later"));
    }

    [TestCase(48)]
    [TestCase(99)]
    [TestCase(null)]
    public void Library_FromTheFloorOn_IsTaken(int? version) => Assert.That(
        () => WasmtimeLibrary.ThrowIfUnsuitable("/lib/new.so", new SymbolTable(_ => 1), version), Throws.Nothing);

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
        Assert.That(unsuitable.Message, Does.Contain("wasmtime_module_new").And.Contain("Wasmtime 48 or later"));
    }

    private static WasmtimeEngine Make(string? path) => new(new WasmtimeEngineOptions { LibraryPath = path });

    private static string NativeName(string name) => OperatingSystem.IsWindows() ? $"{name}.dll"
        : OperatingSystem.IsMacOS() ? $"lib{name}.dylib"
        : $"lib{name}.so";
}

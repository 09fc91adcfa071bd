using System.Runtime.InteropServices;
using System.Text;
using Plugins.Host.Engines;
using Plugins.Host.EngineTests.Support;
using Plugins.Host.Errors;
using Plugins.Host.Wasi;
using Plugins.Host.Wasmtime.Tests.Support;
using Plugins.Manifest.Permissions;
using Plugins.Wasi;

namespace Plugins.Host.EngineTests;

/// <summary>A program that calls the functions of WASI and prints what they give, on every engine.</summary>
[TestFixtureSource(typeof(TestedEngines), nameof(TestedEngines.Available))]
[Platform("Linux")]
internal sealed class WasiFactsTests(TestedEngine tested)
{
    private static readonly Lazy<byte[]> s_program = new(() => File.ReadAllBytes(
        Path.Combine(FindRepository(), "tests", "guests", "wasi", "facts.wasm")));

    private string _folder = string.Empty;

    [SetUp]
    public void Make() => _folder = Directory.CreateTempSubdirectory("wasi-").FullName;

    [TearDown]
    public void Clear() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Facts_InADirectoryOfTheHost_AreThoseOfWasmtimesOwnWasi()
    {
        var ours = Run(WasiDirectory.OfHost("/", Sub("ours")), "0");
        Assert.That(ours, Is.EqualTo(Expected()));
    }

    [Test]
    public void Facts_InADirectoryInMemory_AreThoseOfWasmtimesOwnWasi()
    {
        var ours = Run(WasiDirectory.OfMemory("/", new MemoryFileSystem()), "0");
        Assert.That(ours, Is.EqualTo(Expected()));
    }

    [Test]
    public void Exit_WithACode_FailsTheCallWithIt()
    {
        var exception = Assert.Throws<PluginGuestException>(() => Run(WasiDirectory.OfScratch("/"), "7"))!;
        Assert.That(exception.ExitCode, Is.EqualTo(7));
    }

    [Test]
    public void Program_CalledAgain_BeginsAnew()
    {
        using var host = MakeHost(WasiDirectory.OfScratch("/"));
        using var plugin = host.LoadUnsigned(s_program.Value);
        var options = new PluginCallOptions { Arguments = ["facts"] };
        var first = plugin.Call("_start", "input"u8, options).Output.ToArray();
        var failing = new PluginCallOptions { Arguments = ["facts", "3"] };
        var exit = Assert.Throws<PluginGuestException>(() => plugin.Call("_start", "input"u8, failing))!;
        Assert.That(exit.ExitCode, Is.EqualTo(3));
        Assert.That(plugin.Call("_start", "input"u8, options).Output.ToArray(), Is.EqualTo(first));
    }

    private string[] Expected()
    {
        var path = WasmtimeLibraries.Names.Contains(WasmtimeLibraries.LongTerm, StringComparer.Ordinal)
            ? WasmtimeLibraries.PathOf(WasmtimeLibraries.LongTerm)!
            : Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native", "libwasmtime.so");
        if (!NativeLibrary.TryLoad(path, out var library))
        {
            Assert.Ignore($"There is no Wasmtime library at {path}.");
        }

        var (input, output) = (Path.Combine(_folder, "input"), Path.Combine(_folder, "output"));
        File.WriteAllText(input, "input");
        File.WriteAllText(output, "");
        var code = new WasmtimeWasi(library).Run(s_program.Value, Sub("theirs"), input, output, ["facts", "0"]);
        Assert.That(code, Is.Zero);
        return File.ReadAllLines(output);
    }

    private string[] Run(WasiDirectory directory, string code)
    {
        using var host = MakeHost(directory);
        using var plugin = host.LoadUnsigned(s_program.Value);
        var result = plugin.Call(
            "_start", "input"u8, new PluginCallOptions { Arguments = ["facts", code] });
        return Encoding.UTF8.GetString(result.Output.Span).TrimEnd('\n').Split('\n');
    }

    private PluginHost MakeHost(WasiDirectory directory) => new(new PluginHostOptions
    {
        AllowUnsigned = true,
        Engine = tested.Engine,
        Permissions = PermissionCeiling.Anything,
        Wasi = new PluginWasiOptions
        {
            Directories = [directory],
            Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["FACT"] = "true" },
        },
    });

    private string Sub(string name) => Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;

    private static string FindRepository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Plugins.sln")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }
}

using Plugins.Cli.Tests.Support;
using Plugins.Wasm;

namespace Plugins.Cli.Tests.Running;

/// <summary>Programs that use WASI, run as programs are.</summary>
internal sealed class ProgramTests
{
    private const string Echo = """
        (module
          (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
          (import "wasi_snapshot_preview1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
          (import "wasi_snapshot_preview1" "args_sizes_get" (func $args (param i32 i32) (result i32)))
          (import "wasi_snapshot_preview1" "fd_prestat_get" (func $prestat (param i32 i32) (result i32)))
          (import "wasi_snapshot_preview1" "path_create_directory" (func $mkdir (param i32 i32 i32) (result i32)))
          (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
          (memory (export "memory") 1)
          (data (i32.const 0) "\10\00\00\00\64\00\00\00")
          (func (export "_start")
            (drop (call $read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 8)))
            (i32.store (i32.const 4) (i32.load (i32.const 8)))
            (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))
            (drop (call $args (i32.const 8) (i32.const 12)))
            (if (i32.eqz (call $prestat (i32.const 3) (i32.const 32)))
              (then (call $exit (call $mkdir (i32.const 3) (i32.const 16) (i32.const 3)))))
            (call $exit (i32.sub (i32.load (i32.const 8)) (i32.const 1)))))
        """;

    private readonly Desk _desk = new();

    [SetUp]
    public void PutProgram()
    {
        _desk.Put("echo.wasm", TextFormat.ToBinary(Echo));
        _desk.Input = "new"u8.ToArray();
    }

    [TearDown]
    public void CleanUp() => _desk.Dispose();

    [TestCase(0)]
    [TestCase(1, "a")]
    [TestCase(4, "a", "b", "c", "d")]
    [TestCase(2, "--", "-x", "-y")]
    public void Run_OfAProgram_PassesItsStreamsArgumentsAndCode(int code, params string[] arguments)
    {
        var run = _desk.Run(["run", "echo.wasm", .. arguments]);
        Assert.That((run.ExitCode, run.Output), Is.EqualTo((code, "new")), run.ToString());
    }

    [TestCase(0)]
    [TestCase(1, "a")]
    public void Run_OfAProgram_AsJson_IsOneDocument(int code, params string[] arguments)
    {
        var run = _desk.Run(["run", "echo.wasm", "--json", .. arguments]);
        Assert.That(run.ExitCode, Is.EqualTo(code));
        using var document = System.Text.Json.JsonDocument.Parse(run.Output);
        Assert.That(document.RootElement.GetProperty("exitCode").GetInt32(), Is.EqualTo(code));
        Assert.That(
            document.RootElement.TryGetProperty("outputText", out var text) ? text.GetString() : null,
            Is.EqualTo(code == 0 ? "new" : null));
    }

    [Test]
    [Platform("Linux")]
    public void Run_WithADirectory_GivesItWithTheRightThatIsWritten()
    {
        Directory.CreateDirectory(_desk.PathOf("given"));
        Assert.That(_desk.Run("run", "echo.wasm", "--dir", "given::/:ro").ExitCode, Is.EqualTo(63));
        Assert.That(_desk.Run("run", "echo.wasm", "--dir", "given::/").ExitCode, Is.Zero);
        Assert.That(Directory.Exists(_desk.PathOf("given/new")));
    }

    [TestCase("missing")]
    [TestCase("a::b::c")]
    [TestCase("::")]
    public void Run_WithWhatIsNoDirectory_Refuses(string directory) =>
        Assert.That(_desk.Run("run", "echo.wasm", "--dir", directory).ExitCode, Is.EqualTo(2));

    [Test]
    public void Run_OfAPluginWithTooManyArguments_Refuses() => Assert.That(
        _desk.PutPlugin("p", Plugin.Shout).Run("run", "p", "shout", "to", "be").ExitCode, Is.EqualTo(2));

    [Test]
    public void Inspect_OfAProgram_NamesItsAbiAndWhatItMayNeed()
    {
        var output = _desk.Run("inspect", "echo.wasm").Output;
        Assert.That(output, Does.Contain("wasi:command/preview1"));
        Assert.That(output, Does.Contain("wasi.files").And.Contain("wasi.streams"));
        Assert.That(output, Does.Contain("plugins run echo.wasm"));
    }

    [Test]
    public void Run_OfAModuleThatIsTooLarge_SaysHowToAllowIt()
    {
        var refused = _desk.Run(["run", "echo.wasm", "--limit", "module=100"]);
        Assert.That(refused.ExitCode, Is.Not.Zero);
        Assert.That(refused.Errors, Does.Contain("where 100 are allowed").And.Contain("--limit module="));
        Assert.That(_desk.Run(["run", "echo.wasm", "--limit", "module=10KiB"]).ExitCode, Is.Zero);
    }
}

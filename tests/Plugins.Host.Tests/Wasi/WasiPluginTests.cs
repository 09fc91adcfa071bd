using System.Text;
using Plugins.Host.Errors;
using Plugins.Host.Recording;
using Plugins.Host.Wasi;
using Plugins.Manifest.Permissions;
using Plugins.Wasi;
using Plugins.Wasm;

namespace Plugins.Host.Tests.Wasi;

/// <summary>WASI beside the ABI: each function of this guest returns the error number of one of WASI.</summary>
internal sealed class WasiPluginTests
{
    private const int NotCapable = 76;
    private const int BadDescriptor = 8;

    private const string Guest = """
        (module
          (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
          (import "wasi_snapshot_preview1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
          (import "wasi_snapshot_preview1" "clock_time_get" (func $time (param i32 i64 i32) (result i32)))
          (import "wasi_snapshot_preview1" "random_get" (func $random (param i32 i32) (result i32)))
          (import "wasi_snapshot_preview1" "fd_prestat_get" (func $prestat (param i32 i32) (result i32)))
          (import "wasi_snapshot_preview1" "environ_sizes_get" (func $environ (param i32 i32) (result i32)))
          (import "wasi_snapshot_preview1" "args_sizes_get" (func $args (param i32 i32) (result i32)))
          (import "wasi_snapshot_preview1" "path_create_directory" (func $mkdir (param i32 i32 i32) (result i32)))
          (import "wasi_snapshot_preview1" "poll_oneoff" (func $poll (param i32 i32 i32 i32) (result i32)))
          (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
          (import "plugins:abi/v1" "output_write" (func $output (param i32 i32)))
          (memory (export "memory") 1)
          (global $calls (mut i32) (i32.const 0))
          (data (i32.const 0) "\08\00\00\00\0b\00\00\00one\0atwo\0adir")
          (data (i32.const 512) "\01\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\01\00\00\00\00\00\00\00"
            "\00\00\00\00\00\00\00\7f")
          (func (export "write") (result i32) (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 64)))
          (func (export "write_error") (result i32)
            (call $write (i32.const 2) (i32.const 0) (i32.const 1) (i32.const 64)))
          (func (export "read") (result i32)
            (call $read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 64))
            (call $output (i32.const 8) (i32.load (i32.const 64))))
          (func (export "time") (result i32) (call $time (i32.const 0) (i64.const 0) (i32.const 64)))
          (func (export "random") (result i32) (call $random (i32.const 64) (i32.const 8)))
          (func (export "prestat") (result i32) (call $prestat (i32.const 3) (i32.const 64)))
          (func (export "variables") (result i32)
            (drop (call $environ (i32.const 64) (i32.const 68))) (i32.load (i32.const 64)))
          (func (export "arguments") (result i32)
            (drop (call $args (i32.const 64) (i32.const 68))) (i32.load (i32.const 64)))
          (func (export "mkdir") (result i32) (call $mkdir (i32.const 3) (i32.const 16) (i32.const 3)))
          (func (export "sleep") (result i32)
            (call $poll (i32.const 512) (i32.const 1024) (i32.const 1) (i32.const 64)))
          (func (export "exit") (result i32) (call $exit (i32.const 9)) (i32.const 1))
          (func (export "exit_well") (result i32) (call $exit (i32.const 0)) (i32.const 1))
          (func (export "bad") (result i32) (call $write (i32.const 1) (i32.const 65532) (i32.const 1) (i32.const 64)))
          (func (export "askew") (result i32) (call $time (i32.const 0) (i64.const 0) (i32.const 65))))
        """;

    [TestCase("time", NotCapable)]
    [TestCase("random", NotCapable)]
    [TestCase("prestat", BadDescriptor)]
    [TestCase("mkdir", BadDescriptor)]
    [TestCase("variables", 0)]
    [TestCase("arguments", 0)]
    [TestCase("write", 0)]
    [TestCase("read", 0)]
    public void Function_WithoutAGrant_GivesNothing(string function, int expected)
    {
        using var host = Make(PermissionCeiling.Nothing);
        using var plugin = host.LoadUnsigned(TextFormat.ToBinary(Guest));
        Assert.That(CodeOf(plugin, function), Is.EqualTo(expected));
    }

    [TestCase("time", 0)]
    [TestCase("random", 0)]
    [TestCase("prestat", 0)]
    [TestCase("mkdir", 0)]
    [TestCase("variables", 2)]
    [TestCase("arguments", 1)]
    public void Function_WithItsGrant_GivesWhatIsOffered(string function, int expected)
    {
        using var host = Make(PermissionCeiling.Anything);
        using var plugin = host.LoadUnsigned(TextFormat.ToBinary(Guest));
        Assert.That(CodeOf(plugin, function), Is.EqualTo(expected));
    }

    [Test]
    public void Grant_WithinAScope_GivesWhatItCovers()
    {
        using var host = Make(PermissionCeiling.Of(
            new PermissionGrant(PermissionNames.WasiEnvironment, "A"),
            new PermissionGrant(PermissionNames.WasiFiles, "/data:ro")));
        using var plugin = host.LoadUnsigned(TextFormat.ToBinary(Guest));
        Assert.That(CodeOf(plugin, "variables"), Is.EqualTo(1));
        Assert.That(CodeOf(plugin, "prestat"), Is.Zero);
        Assert.That(CodeOf(plugin, "mkdir"), Is.EqualTo(63));
    }

    [Test]
    public void Directory_ThatIsScratch_IsEmptyForEachCall_AndLastsForASession()
    {
        using var host = Make(PermissionCeiling.Anything);
        using var plugin = host.LoadUnsigned(TextFormat.ToBinary(Guest));
        Assert.That((CodeOf(plugin, "mkdir"), CodeOf(plugin, "mkdir")), Is.EqualTo((0, 0)));
        using var session = plugin.OpenSession();
        session.Call("mkdir", default);
        var exception = Assert.Throws<PluginGuestException>(() => session.Call("mkdir", default))!;
        Assert.That(exception.ExitCode, Is.EqualTo(20));
    }

    [Test]
    public void Exit_EndsTheCallWithItsCode()
    {
        using var host = Make(PermissionCeiling.Nothing);
        using var plugin = host.LoadUnsigned(TextFormat.ToBinary(Guest));
        Assert.That((CodeOf(plugin, "exit"), CodeOf(plugin, "exit_well")), Is.EqualTo((9, 0)));
        Assert.That(CodeOf(plugin, "time"), Is.EqualTo(NotCapable));
    }

    [TestCase("bad", "fd_write")]
    [TestCase("askew", "clock_time_get")]
    public void Pointer_ThatIsBad_IsATrapThatNamesTheFunction(string function, string import)
    {
        using var host = Make(PermissionCeiling.Anything);
        using var plugin = host.LoadUnsigned(TextFormat.ToBinary(Guest));
        var trap = Assert.Throws<PluginTrapException>(() => plugin.Call(function, default))!;
        Assert.That(trap.Trap, Is.EqualTo(TrapCode.HostRangeOutOfBounds));
        Assert.That(trap.Message, Does.Contain(import));
    }

    [Test]
    public async Task Sleep_LongerThanTheCallMayTake_EndsWithIt()
    {
        using var host = Make(PermissionCeiling.Nothing);
        using var plugin = host.LoadUnsigned(TextFormat.ToBinary(Guest));
        var options = new PluginCallOptions { WallTime = TimeSpan.FromMilliseconds(50) };
        Assert.Throws<PluginTimeException>(() => plugin.Call("sleep", default, options));
        await Assert.ThatAsync(
            () => plugin.CallAsync("sleep", default, options), Throws.TypeOf<PluginTimeException>());
    }

    [Test]
    public async Task Sleep_OfACallThatIsCancelled_Ends()
    {
        using var host = Make(PermissionCeiling.Nothing);
        using var plugin = host.LoadUnsigned(TextFormat.ToBinary(Guest));
        using var over = new CancellationTokenSource(50);
        await Assert.ThatAsync(
            () => plugin.CallAsync("sleep", default, cancellationToken: over.Token),
            Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void Stream_OfTheApplication_IsReadAndWritten()
    {
        var written = new MemoryStream();
        using var host = Make(PermissionCeiling.Anything, new PluginWasiOptions
        {
            StandardInput = PluginWasiStream.Of(new MemoryStream("given input"u8.ToArray())),
            StandardError = PluginWasiStream.Of(written),
        });
        using var plugin = host.LoadUnsigned(TextFormat.ToBinary(Guest));
        Assert.That(CodeOf(plugin, "write_error"), Is.Zero);
        Assert.That(Encoding.UTF8.GetString(written.ToArray()), Is.EqualTo("one\ntwo\ndir"));
        Assert.That(Encoding.UTF8.GetString(plugin.Call("read", default).Output.Span), Is.EqualTo("given input"));
    }

    [Test]
    public void Recording_OfAPluginThatUsesWasi_IsRefused()
    {
        using var host = Make(PermissionCeiling.Nothing);
        using var plugin = host.LoadUnsigned(
            TextFormat.ToBinary(Guest), new PluginLoadOptions { CanonicalizesNaNs = true });
        var options = new PluginCallOptions { Recorder = new CallRecorder() };
        Assert.That(
            () => plugin.Call("time", default, options),
            Throws.InvalidOperationException.With.Message.Contains("WASI"));
    }

    [TestCase("fd_write", "(i32.const 1) (i32.const 0) (i32.const 0) (i32.const 64)", "i32 i32 i32 i32", true)]
    [TestCase("random_get", "(i32.const 64) (i32.const 8)", "i32 i32", false)]
    [TestCase("fd_close", "(i32.const 0)", "i32", false)]
    public void Initialization_ThatSeesTheWorld_IsRunAgainForEachCall(
        string function, string arguments, string types, bool isShared)
    {
        using var host = Make(PermissionCeiling.Anything);
        using var plugin = host.LoadUnsigned(TextFormat.ToBinary($$"""
            (module
              (import "wasi_snapshot_preview1" "{{function}}" (func $f (param {{types}}) (result i32)))
              (memory (export "memory") 1)
              (func (export "_initialize") (drop (call $f {{arguments}})))
              (func (export "run") (result i32) (i32.const 0)))
            """));
        plugin.Call("run", default);

        // One that is run again is part of the call, and its fuel too.
        Assert.That(plugin.Call("run", default).FuelConsumed < 10, Is.EqualTo(isShared));
    }

    [Test]
    public void Program_ThatImportsTheAbi_IsNone()
    {
        using var host = Make(PermissionCeiling.Nothing);
        Assert.That(
            () => host.LoadUnsigned(TextFormat.ToBinary("""
                (module (import "plugins:abi/v1" "input_length" (func (result i32)))
                  (memory (export "memory") 1) (func (export "_start")))
                """)),
            Throws.TypeOf<PluginManifestException>());
    }

    [Test]
    public void Program_WritesItsOutputAndReadsItsInput()
    {
        using var host = Make(PermissionCeiling.Anything);
        using var plugin = host.LoadUnsigned(TextFormat.ToBinary("""
            (module
              (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
              (memory (export "memory") 1)
              (data (i32.const 0) "\10\00\00\00\64\00\00\00")
              (func (export "_start")
                (drop (call $read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 4)))
                (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))))
            """));
        Assert.That(plugin.Manifest.Abi, Is.EqualTo("wasi:command/preview1"));
        Assert.That(plugin.CallText("_start", "through").Value, Is.EqualTo("through"));
    }

    private static int CodeOf(Plugin plugin, string function)
    {
        try
        {
            plugin.Call(function, default);
            return 0;
        }
        catch (PluginGuestException exception)
        {
            return exception.ExitCode;
        }
    }

    private static PluginHost Make(PermissionCeiling permissions, PluginWasiOptions? offered = null) =>
        new(new PluginHostOptions
        {
            AllowUnsigned = true,
            Permissions = permissions,
            Wasi = offered ?? new PluginWasiOptions
            {
                Arguments = ["name"],
                Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["A"] = "1", ["B"] = "2" },
                Directories = [WasiDirectory.OfScratch("/data")],
            },
        });
}

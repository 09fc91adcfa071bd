using System.Text;
using Plugins.Cli.Tests.Support;

namespace Plugins.Cli.Tests.Converting;

internal sealed class WatCommandTests
{
    private const string Hello = """
        (module
          (import "plugins:abi/v1" "output_write" (func $output (param i32 i32)))
          (memory (export "memory") 1)
          (data (i32.const 8) "hello")
          (func (export "greet") (result i32)
            (call $output (i32.const 8) (i32.const 5))
            i32.const 0))
        """;

    private readonly Desk _desk = new();

    [TearDown]
    public void CleanUp() => _desk.Dispose();

    [Test]
    public void Wat_OfAModule_PrintsTextThatMakesTheSameModule()
    {
        _desk.PutPlugin("p", Plugin.Greeter);
        var printed = _desk.Run("wat", "p/plugin.wasm");
        Assert.That(printed.ExitCode, Is.Zero, printed.ToString());
        Assert.That(printed.Output, Does.StartWith("(module").And.Contain("(export \"greet\" (func"));

        _desk.Put("q.wat", printed.Output);
        var written = _desk.Run("wat", "q.wat");
        Assert.That(written.ExitCode, Is.Zero, written.ToString());
        Assert.That(_desk.Run("wat", "q.wasm").Output, Is.EqualTo(printed.Output));
    }

    [Test]
    public void Wat_OfAFileThatIsThere_IsNotWrittenOverIt()
    {
        _desk.Put("a.wat", "(module)");
        _desk.Put("a.wasm", "mine");
        Assert.That(_desk.Run("wat", "a.wat").Errors, Does.Contain("exists already"));
        Assert.That(Encoding.UTF8.GetString(_desk.Read("a.wasm")), Is.EqualTo("mine"));
        Assert.That(_desk.Run("wat", "a.wat", "--force").ExitCode, Is.Zero);
        Assert.That(_desk.Read("a.wasm"), Has.Length.EqualTo(8));
        Assert.That(_desk.Run("wat", "a.wasm", "-o", "b.wat").Output, Does.Contain("written"));
        Assert.That(Encoding.UTF8.GetString(_desk.Read("b.wat")), Is.EqualTo("(module\n)\n"));
    }

    [Test]
    public void Wat_OfAMalformedText_SaysWhere()
    {
        _desk.Put("a.wat", "(module\n  (func i32.ad))");
        var run = _desk.Run("wat", "a.wat", "--json");
        Assert.That(run.ExitCode, Is.EqualTo(3));
        Assert.That(run.Errors, Does.Contain("a.wat:2:9: unknown operator i32.ad."));
        Assert.That(run.Json.GetProperty("error").GetProperty("code").GetString(), Is.EqualTo("MalformedText"));
        Assert.That(_desk.Run("run", "a.wat", "greet").Errors, Does.Contain("a.wat:2:9"));
    }

    [Test]
    public void Run_OfAText_RunsIt()
    {
        _desk.Put("hello.wat", Hello);
        var run = _desk.Run("run", "hello.wat", "greet");
        Assert.That(run.ExitCode, Is.Zero, run.ToString());
        Assert.That(run.Output, Does.Contain("hello"));
        Assert.That(_desk.Run("inspect", "hello.wat").Output, Does.Contain("callable"));
    }

    [Test]
    public void Inspect_AsText_PrintsTheText()
    {
        _desk.Put("hello.wat", Hello);
        var run = _desk.Run("inspect", "hello.wat", "--wat");
        Assert.That(run.ExitCode, Is.Zero, run.ToString());
        Assert.That(run.Output, Does.StartWith("(module").And.Contain("call $output"));
        Assert.That(
            _desk.Run("inspect", "hello.wat", "--wat", "--json").Json.GetProperty("text").GetString(),
            Is.EqualTo(run.Output));
    }
}

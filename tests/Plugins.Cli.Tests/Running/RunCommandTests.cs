using System.Text;
using Plugins.Cli.Tests.Support;

namespace Plugins.Cli.Tests.Running;

internal sealed class RunCommandTests
{
    private readonly Desk _desk = new();

    [TearDown]
    public void CleanUp() => _desk.Dispose();

    [Test]
    public void Run_WithInputAsText_WritesTheOutputAndNothingElse()
    {
        var run = _desk.PutPlugin("p", Plugin.WordCount).Run("run", "p", "word_count", "to be or not");
        Assert.That(run.ExitCode, Is.Zero, run.ToString());
        Assert.That(run.Output, Is.EqualTo("""{"words":4,"lines":1,"characters":12}"""));
        const string Time = @"[\d.,]+ (µs|ms|s)";
        Assert.That(
            run.Errors, Does.Match($@"^[\d,]+ fuel, {Time}, 64\.0 KiB of memory\s*$"));
    }

    [Test]
    public void Run_WithoutAFunction_TakesTheOnlyOne()
    {
        Assert.That(_desk.PutPlugin("p", Plugin.Shout).Run("run", "p", "-i", "-").Errors,
            Does.Contain("nothing to shout"));
    }

    [Test]
    public void Run_WithoutInput_ReadsStdin()
    {
        _desk.Input = "hello"u8.ToArray();
        Assert.That(_desk.PutPlugin("p", Plugin.Shout).Run("run", "p", "shout").Output, Is.EqualTo("HELLO!"));
    }

    [Test]
    public void Run_WithAnInputFile_ReadsIt()
    {
        _desk.PutPlugin("p", Plugin.Shout).Put("in.txt", "from a file");
        Assert.That(_desk.Run("run", "p", "shout", "--input-file", "in.txt").Output, Is.EqualTo("FROM A FILE!"));
    }

    [Test]
    public void Run_WithTwoInputs_Refuses()
    {
        Assert.That(_desk.Run("run", "p", "shout", "text", "-i", "file").ExitCode, Is.EqualTo(2));
    }

    [Test]
    public void Run_IntoAPipe_GivesTheVeryBytes()
    {
        _desk.Input = [0x61, 0xFF, 0x00, 0x1B, 0x5B];
        Assert.That(_desk.PutPlugin("p", Plugin.Shout).Run("run", "p").Bytes,
            Is.EqualTo(new byte[] { 0x41, 0xFF, 0, 0x1B, 0x5B, 0x21 }));
    }

    [Test]
    public void Run_OnATerminal_MakesTheOutputHarmless()
    {
        _desk.OutputIsTerminal = true;
        _desk.Input = [0x61, 0xFF, 0x00, 0x1B, .. "]0;x\u0007\n\u202eb"u8];
        var output = _desk.PutPlugin("p", Plugin.Shout).Run("run", "p").Output;
        Assert.That(output.ReplaceLineEndings("\n"), Is.EqualTo("A\\xff\\x00\\x1b]0;X\\x07\n\\u{202e}B!\n"));
    }

    [Test]
    public void Run_WithStream_PassesOnMoreThanAnInputMayHave()
    {
        _desk.Input = [.. Enumerable.Range(0, 5 << 20).Select(number => (byte)number)];
        var run = _desk.PutPlugin("p", Plugin.Echo).Run("run", "p", "echo", "--stream", "-l", "time=60s");
        Assert.That(run.ExitCode, Is.Zero, run.ToString());
        Assert.That(run.Bytes, Is.EqualTo(_desk.Input));
        Assert.That(run.Errors, Does.Contain(" fuel, "));
    }

    [Test]
    public void Run_WithStreamOfAFile_ReadsIt()
    {
        _desk.PutPlugin("p", Plugin.Shout).Put("in.txt", "from a file");
        Assert.That(_desk.Run("run", "p", "-i", "in.txt", "--stream").Output, Is.EqualTo("FROM A FILE!"));
        Assert.That(_desk.Run("run", "p", "-i", "none.txt", "--stream").ExitCode, Is.EqualTo(2));
    }

    [Test]
    public void Run_WithStreamOnATerminal_MakesEachLineHarmless()
    {
        _desk.OutputIsTerminal = true;
        _desk.Input = [0x61, 0xFF, 0x00, 0x1B, .. "]0;x\u0007\n\u202eb"u8];
        var output = _desk.PutPlugin("p", Plugin.Shout).Run("run", "p", "--stream").Output;
        Assert.That(output.ReplaceLineEndings("\n"), Is.EqualTo("A\\xff\\x00\\x1b]0;X\\x07\n\\u{202e}B!\n"));
    }

    [Test]
    public void Run_WithStreamOfAFailure_HasWrittenWhatCameBefore()
    {
        _desk.Input = new byte[100_000];
        var run = _desk.PutPlugin("p", Plugin.Echo).Run(
            "run", "p", "echo", "--stream", "--limit", "streamed-output=70000");
        Assert.That(run.ExitCode, Is.EqualTo(4), run.ToString());
        Assert.That(run.Bytes, Has.Length.EqualTo(65_536));
        Assert.That(run.Errors, Does.Contain("--limit streamed-output=1GiB"));
    }

    [Test]
    public void Run_WithStreamAndJson_Refuses()
    {
        Assert.That(_desk.PutPlugin("p", Plugin.Echo).Run("run", "p", "echo", "--stream", "--json").ExitCode,
            Is.EqualTo(2));
    }

    [Test]
    public void Run_OfAFailure_SaysWhatWhyAndNext()
    {
        var run = _desk.PutPlugin("p", Plugin.Shout).Run("run", "p", "shout", "");
        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Output, Is.Empty);
        var lines = run.Errors.ReplaceLineEndings("\n").Split('\n');
        Assert.That(lines[0], Is.EqualTo("error: Plugin local/p, function shout: there is nothing to shout (code 1)"));
        Assert.That(lines[1], Does.StartWith("  why: "));
        Assert.That(lines[2], Does.StartWith(" next: "));
    }

    [TestCase("spin", 4, "--limit fuel=10G", "--limit", "fuel=1M")]
    [TestCase("spin", 4, "--limit time=10s", "--limit", "time=50ms", "--limit", "fuel=10G")]
    [TestCase("grow_without_end", 4, "--limit")]
    [TestCase("flood_output", 4, "--limit output=64MiB")]
    [TestCase("trap_divide_by_zero", 1, "report it")]
    [TestCase("recurse", 1, "report it")]
    [TestCase("fail_with_text", 1, "another input")]
    public void Run_OfAGuestThatMisbehaves_HasItsExitCode(
        string function, int exitCode, string next, params string[] options)
    {
        var run = _desk.PutPlugin("p", Plugin.Hostile).Run(["run", "p", function, "", .. options]);
        Assert.That(run.ExitCode, Is.EqualTo(exitCode), run.ToString());
        Assert.That(run.Errors, Does.Contain(next));
    }

    [Test]
    public void Run_OfATrap_NamesTheGuestsFunctions()
    {
        Assert.That(_desk.PutPlugin("p", Plugin.Hostile).Run("run", "p", "trap_load", "").Errors,
            Does.Contain("in: trap_load"));
    }

    [Test]
    public void Run_OfATrapWithASourceMap_TellsItsLine()
    {
        // The map has the one instruction, which stands 55 bytes into the module.
        _desk.Put("p.wasm", WasmBytes.Plugin("run", [0, 0, 0x0B]));
        _desk.Put("p.wasm.map", """{ "version": 3, "sources": ["src/index.ts"], "mappings": "uDAUG" }""");
        Assert.That(
            _desk.Run("run", "p.wasm", "run", "").Errors,
            Does.Contain("in: run (function 0) at src/index.ts:11:4"));
    }

    [Test]
    public void Run_OfAGuestThatWritesControls_ShowsNone()
    {
        var run = _desk.PutPlugin("p", Plugin.Hostile).Run("run", "p", "fail_with_controls", "");
        Assert.That(run.Errors.Where(letter => char.IsControl(letter) && letter is not ('\n' or '\r')), Is.Empty);
        Assert.That(run.Errors, Does.Contain("log warning: "));
    }

    [Test]
    public void Run_WithASettingAndAGrant_GivesThem()
    {
        _desk.PutPlugin("p", Plugin.Capabilities);
        Assert.That(_desk.Run("run", "p", "config_read", "k", "--config", "k=v").Bytes,
            Is.EqualTo("\0\0\0\0v"u8.ToArray()));
        Assert.That(
            _desk.Run("run", "p", "variables_read", "n", "--variable", "n=7", "--grant", "variables.read").Bytes,
            Is.EqualTo("\0\0\0\07"u8.ToArray()));
        Assert.That(
            _desk.Run("run", "p", "variables_read", "n", "--variable", "n=7").Bytes,
            Is.EqualTo(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF }));
    }

    [Test]
    public void Run_WithAnUnknownSetting_SaysWhichThereAre()
    {
        var run = _desk.PutPlugin("p", Plugin.Greeter, Plugin.GreeterManifest)
            .Run("run", "p", "greet", "A", "-c", "langauge=de");
        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Errors, Does.Contain("acme/greeter has no setting langauge").And.Contain("lists language"));
    }

    [Test]
    public void Run_OfARequiredPermission_TellsHowToGrantIt()
    {
        _desk.PutPlugin("p", Plugin.Capabilities, """
            { "id": "acme/c", "version": "1.0.0", "sequence": 1, "functions": [{ "name": "clock_now" }],
                "permissions": [
              { "name": "clock.now", "reason": "r", "required": true }, { "name": "random.bytes", "reason": "r" },
              { "name": "variables.read", "reason": "r" }, { "name": "variables.write", "reason": "r" },
              { "name": "test.echo", "reason": "r" }] }
            """);
        var run = _desk.Run("run", "p", "clock_now", "");
        Assert.That(run.ExitCode, Is.EqualTo(3));
        Assert.That(run.Errors, Does.Contain("--grant clock.now"));
        Assert.That(_desk.Run("run", "p", "clock_now", "", "--grant", "clock.now").ExitCode, Is.Zero);
    }

    [TestCase("grant!", "is not a permission")]
    [TestCase("variables.read=", "is not a permission")]
    [TestCase("http.send=http://", "is not a permission")]
    public void Run_WithAWrongGrant_Refuses(string grant, string what)
    {
        var run = _desk.PutPlugin("p", Plugin.Shout).Run("run", "p", "shout", "x", "--grant", grant);
        Assert.That((run.ExitCode, run.Errors), Is.EqualTo((2, run.Errors)));
        Assert.That(run.Errors, Does.Contain(what));
    }

    [Test]
    public void Run_OfAnUnknownFunction_ListsThose()
    {
        Assert.That(_desk.PutPlugin("p", Plugin.Shout).Run("run", "p", "shuot", "x").Errors,
            Does.Contain("Its only function is shout.").And.Contain("Did you mean shout?"));
    }

    [Test]
    public void Run_OfWhatIsNoModule_Refuses()
    {
        _desk.Put("p.wasm", "this is not WebAssembly");
        var run = _desk.Run("run", "p.wasm", "f", "");
        Assert.That(run.ExitCode, Is.EqualTo(3));
        Assert.That(run.Errors, Does.Contain("byte 0"));
    }

    [Test]
    public void Run_OfAFolderThatIsNotBuilt_SaysSo()
    {
        _desk.Put("p/manifest.json", "{}");
        Assert.That(_desk.Run("run", "p").Errors, Does.Contain("has no plugin.wasm").And.Contain("not built"));
    }

    [TestCase(
        """{ "id": "acme/shout", "version": "1.0", "sequence": 1 }""",
        "p/manifest.json:1:34: version: the value is not valid")]
    [TestCase("""{ "id": "acme/shout", "version": "1.0.0" }""", "p/manifest.json:1:1: sequence: the field is missing")]
    [TestCase("""{ "id": "acme/shout", "id": "acme/b" }""", "twice")]
    [TestCase("[]", "p/manifest.json:1:1: the value has the wrong type")]
    [TestCase("{", "JSON")]
    public void Run_WithAWrongManifest_NamesFilePlaceAndField(string manifest, string expected)
    {
        var run = _desk.PutPlugin("p", Plugin.Shout, manifest).Run("run", "p", "shout", "x");
        Assert.That(run.ExitCode, Is.EqualTo(3));
        Assert.That(run.Errors, Does.Contain(expected));
    }

    [Test]
    public void Run_AskedForJson_GivesEverythingInOneDocument()
    {
        var json = _desk.PutPlugin("p", Plugin.Hostile).Run("run", "p", "log_every_level", "", "--json").Json;
        Assert.That(json.GetProperty("command").GetString(), Is.EqualTo("run"));
        Assert.That(json.GetProperty("plugin").GetString(), Is.EqualTo("local/p"));
        Assert.That(json.GetProperty("engine").GetString(), Does.StartWith("embedded "));
        Assert.That(json.GetProperty("fuel").GetInt64(), Is.Positive);
        Assert.That(json.GetProperty("memoryBytes").GetInt64(), Is.GreaterThanOrEqualTo(65_536));
        Assert.That(json.GetProperty("log").GetArrayLength(), Is.EqualTo(10));
    }

    [Test]
    public void Run_AskedForJson_GivesBytesThatAreNoTextInBase64()
    {
        _desk.Input = [0xFF];
        var json = _desk.PutPlugin("p", Plugin.Shout).Run("run", "p", "--json").Json;
        Assert.That(json.GetProperty("outputBase64").GetBytesFromBase64(), Is.EqualTo(new byte[] { 0xFF, 0x21 }));
    }

    [Test]
    public void Run_AskedForJson_WritesAsciiOnly()
    {
        _desk.Input = Encoding.UTF8.GetBytes("\u202e\u001b日");
        var run = _desk.PutPlugin("p", Plugin.Shout).Run("run", "p", "--json");
        Assert.That(run.Bytes, Has.All.LessThan((byte)0x7F));
        Assert.That(run.Json.GetProperty("outputText").GetString(), Is.EqualTo("\u202e\u001b日!"));
    }

    [Test]
    public void Run_WithMoreMemory_TellsHowMuch()
    {
        _desk.Input = new byte[1 << 20];
        var json = _desk.PutPlugin("p", Plugin.Echo).Run("run", "p", "echo_whole", "--json").Json;
        Assert.That(json.GetProperty("memoryBytes").GetInt64(), Is.GreaterThan(1 << 20));
    }

    [Test]
    public void Run_OnTheOtherEngine_GivesTheSame()
    {
        var run = _desk.PutPlugin("p", Plugin.Shout).Run("run", "p", "shout", "hi", "--engine", "wasmtime");
        Assert.That((run.ExitCode, run.Output), Is.EqualTo((0, "HI!")), run.ToString());
        var json = _desk.Run("run", "p", "shout", "hi", "--engine", "wasmtime", "--json").Json;
        Assert.That(json.GetProperty("engine").GetString(), Is.EqualTo("wasmtime 50"));
    }

    [Test]
    public void Run_OnAnEngineThatIsNotThere_SaysWhereItLooked()
    {
        _desk.PutPlugin("p", Plugin.Shout).Put("lib.so", "no library");
        var run = _desk.Run("run", "p", "shout", "hi", "--engine", "wasmtime", "--wasmtime-path", "lib.so");
        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Errors, Does.Contain("libwasmtime was not found").And.Contain("lib.so"));
    }
}

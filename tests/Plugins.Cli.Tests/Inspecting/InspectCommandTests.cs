using System.Text.Json;
using Plugins.Cli.Tests.Support;
using Plugins.Wasm;

namespace Plugins.Cli.Tests.Inspecting;

internal sealed class InspectCommandTests
{
    private readonly Desk _desk = new();

    [TearDown]
    public void CleanUp() => _desk.Dispose();

    [Test]
    public void Inspect_OfAModule_ShowsWhatItIsMadeOf()
    {
        var run = _desk.PutPlugin("p", Plugin.Greeter).Run("inspect", "p");
        Assert.That(run.ExitCode, Is.Zero, run.ToString());
        Assert.That(run.Output,
            Does.Contain("ABI       plugins:abi/v1").And.Contain("features  WebAssembly 1.0")
                .And.Contain("1 page (64.0 KiB)"));
        Assert.That(run.Output,
            Does.Contain("plugins:host/v1 greeting.prefix").And.Contain("needs the permission greeting.prefix"));
        Assert.That(run.Output, Does.Contain("callable").And.Contain("next: plugins run p/plugin.wasm greet"));
    }

    [Test]
    public void Inspect_OfManyMemories_ShowsEach()
    {
        _desk.Put("p.wasm", TextFormat.ToBinary("""
            (module
              (import "env" "shared" (memory 3 4))
              (memory (export "memory") (export "m") 1)
              (memory i64 2)
              (memory 70000 90000 (pagesize 1)))
            """));
        var run = _desk.Run("inspect", "p.wasm");
        Assert.That(
            run.Output,
            Does.Contain("3 pages (192.0 KiB), at most 4, imported from env shared")
                .And.Contain("1 page (64.0 KiB), no maximum of its own, exported as memory, m")
                .And.Contain("2 pages (128.0 KiB), no maximum of its own, 64-bit addresses, not exported")
                .And.Contain("70,000 pages (68.4 KiB), at most 90,000, pages of 1 byte, not exported"));
        var memories = _desk.Run("inspect", "p.wasm", "--json").Json.GetProperty("memories");
        Assert.That(memories.GetArrayLength(), Is.EqualTo(4));
        Assert.That(memories[0].GetProperty("import").GetString(), Is.EqualTo("env shared"));
        Assert.That(memories[2].GetProperty("addressBits").GetInt32(), Is.EqualTo(64));
        Assert.That(memories[3].GetProperty("pageBytes").GetInt32(), Is.EqualTo(1));
    }

    [Test]
    public void Inspect_OfAModuleWithASourceMap_TellsTheLinesOfItsFunctions()
    {
        // The map begins with the function's first instruction, 33 bytes into the module.
        _desk.Put("p.wasm", WasmBytes.Module(
            WasmBytes.Section(1, 1, 0x60, 0, 1, 0x7F), WasmBytes.Section(3, 1, 0),
            WasmBytes.Section(7, [1, 3, .. "run"u8, 0, 0]), WasmBytes.Code(0x41, 0)));
        _desk.Put("p.wasm.map", """{ "version": 3, "sources": ["src/index.ts"], "mappings": "iCAUG" }""");
        var run = _desk.Run("inspect", "p.wasm");
        Assert.That(run.Output, Does.Contain("a source map beside the module").And.Contain("src/index.ts:11"));
    }

    [TestCase("[]", "missing")]
    [TestCase("""[{ "name": "greeting.prefix", "reason": "r" }]""", "ok")]
    public void Inspect_OfImportsAgainstTheManifest_FindsWhatIsMissing(string permissions, string verdict)
    {
        _desk.PutPlugin("p", Plugin.Greeter, $$"""
            { "id": "a/b", "version": "1.0.0", "sequence": 1, "permissions": {{permissions}} }
            """);
        var permission = _desk.Run("inspect", "p", "--json").Json.GetProperty("permissions")[0];
        Assert.That(permission.GetProperty("verdict").GetString(), Is.EqualTo(verdict));
    }

    [Test]
    public void Inspect_OfAPermissionThatNothingUses_SaysSo()
    {
        _desk.PutPlugin("p", Plugin.Shout, """
            { "id": "a/b", "version": "1.0.0", "sequence": 1, "permissions": [{ "name": "clock.now", "reason": "r" }] }
            """);
        Assert.That(_desk.Run("inspect", "p").Output, Does.Contain("declared, but nothing imports it"));
    }

    [Test]
    public void Inspect_OfImportsOfAnotherHost_SaysThatTheyAreRefused()
    {
        byte[] import = [1, 3, .. "env"u8, 1, (byte)'f', 0, 0];
        _desk.Put("p.wasm", WasmBytes.Module(WasmBytes.Section(1, 1, 0x60, 0, 0), WasmBytes.Section(2, import)));
        Assert.That(_desk.Run("inspect", "p.wasm").Output, Does.Contain("env f").And.Contain("no part of the ABI"));
    }

    [Test]
    public void Inspect_OfAModuleThatTheEngineRefuses_SaysWhyAndShowsTheRest()
    {
        _desk.Put("p.wasm", WasmBytes.Module(
            WasmBytes.Section(1, 1, 0x60, 0, 0), WasmBytes.Section(3, 1, 0), WasmBytes.Code(0xFE, 0x03, 0x00)));
        var run = _desk.Run("inspect", "p.wasm", "--json");
        Assert.That(run.ExitCode, Is.EqualTo(3));
        Assert.That(
            run.Json.GetProperty("refusal").GetString(),
            Does.Contain("atomics").And.Contain("in function 0").And.Contain("-pthread"));
        Assert.That(run.Json.GetProperty("remedy").GetString(), Does.Contain("-pthread"));
        Assert.That(run.Json.GetProperty("features")[0].GetString(), Is.EqualTo("atomics"));
        Assert.That(run.Json.GetProperty("sections").GetArrayLength(), Is.EqualTo(3));
    }

    [Test]
    public void Inspect_OfWhatIsNoModule_SaysSo()
    {
        _desk.Put("p.wasm", "text");
        var run = _desk.Run("inspect", "p.wasm");
        Assert.That(run.ExitCode, Is.EqualTo(3));
        Assert.That(run.Output, Does.Contain("refused").And.Not.Contain("Sections"));
    }

    [Test]
    public void Inspect_OfNamesThatWouldControlTheTerminal_ShowsThem()
    {
        byte[] name = [7, .. "\u001b[31mxx"u8];
        byte[] export = [1, .. name, 0, 0];
        _desk.Put("p.wasm", WasmBytes.Module(
            WasmBytes.Section(1, 1, 0x60, 0, 0), WasmBytes.Section(3, 1, 0), WasmBytes.Section(7, export),
            WasmBytes.Code(), WasmBytes.Section(0, [.. name, 0])));
        var run = _desk.Run("inspect", "p.wasm");
        Assert.That(run.ExitCode, Is.Zero, run.ToString());
        Assert.That(run.Output, Does.Contain(@"\x1b[31mxx").And.Not.Contain('\u001b'));
    }

    [Test]
    public void Inspect_OfASignedPlugin_ShowsWhatItClaims()
    {
        _desk.PutPlugin("p", Plugin.Shout, Plugin.ShoutManifest);
        _desk.Run("keygen");
        _desk.Run("sign", "p", "--key", "key.pem");
        File.Delete(_desk.PathOf("p/manifest.json"));
        Assert.That(_desk.Run("inspect", "p").Output, Does.Contain("acme/shout 1.0.0").And.Contain("not verified"));

        _desk.Put("p/plugin.wasm", Repository.Guest(Plugin.WordCount));
        Assert.That(_desk.Run("inspect", "p").Output, Does.Contain("describes ANOTHER module"));
    }

    [Test]
    public void Inspect_AskedForJson_HasASectionForEachOfTheModule()
    {
        var sections = _desk.PutPlugin("p", Plugin.Shout).Run("inspect", "p", "--json").Json.GetProperty("sections");
        Assert.That(sections.ValueKind, Is.EqualTo(JsonValueKind.Array));
        Assert.That(sections.EnumerateArray().Select(section => section.GetProperty("kind").GetString()),
            Contains.Item("code"));
    }
}

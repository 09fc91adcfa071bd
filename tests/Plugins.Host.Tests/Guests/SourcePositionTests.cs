using System.Text;
using Plugins.Host.EngineTests.Support;
using Plugins.Host.Errors;
using Plugins.Wasm;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Support;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Host.Tests.Guests;

[TestFixtureSource(typeof(TestedEngines), nameof(TestedEngines.Available))]
internal sealed class SourcePositionTests(TestedEngine tested)
{
    private const string File = "assembly/\u001bshop.ts";

    [Test]
    public void Trap_WithASourceMap_TellsItsLine()
    {
        var failure = Fail();
        Assert.That(failure.Backtrace[0].Source?.ToString(), Is.EqualTo($"{File}:7:3"));
        Assert.That(failure.Backtrace[0].Offset, Is.EqualTo(failure.Offset).And.EqualTo(OffsetOfTrap()));
        Assert.That(
            failure.Message, Does.Contain(@"in share (function 0) at assembly/\x1bshop.ts:7:3: unreachable"));
    }

    [Test]
    public void Trap_WithASourceMap_TellsTheLinesOfCalls() =>
        Assert.That(
            Fail().Backtrace[1].ToString(),
            Does.StartWith("run (function 1) at assembly/").And.EndsWith(":9:1"));

    [Test]
    public void Trap_WithoutASourceMap_TellsFunctions()
    {
        var failure = Fail(hasMap: false);
        Assert.That(failure.Backtrace.Select(frame => frame.Source), Is.All.Null);
        Assert.That(failure.Message, Does.Contain("in share (function 0): unreachable"));
    }

    [Test]
    public void Trap_OfAHostThatWantsNoSources_TellsFunctions()
    {
        var failure = Fail(showsSources: false);
        Assert.That(failure.Backtrace.Select(frame => frame.Source), Is.All.Null);
        Assert.That(failure.Backtrace[0].ToString(), Is.EqualTo("share (function 0)"));
    }

    private PluginTrapException Fail(bool hasMap = true, bool showsSources = true)
    {
        using var host = new PluginHost(new PluginHostOptions
        {
            AllowUnsigned = true, Engine = tested.Engine, SourcePositions = showsSources,
        });
        using var plugin = host.LoadUnsigned(
            Module().Build(), new PluginLoadOptions { SourceMap = hasMap ? Map() : ReadOnlyMemory<byte>.Empty });
        return Assert.Throws<PluginTrapException>(() => plugin.Call("run", []))!;
    }

    private static ModuleBuilder Module() => new ModuleBuilder()
        .Memory(1, export: "memory")
        .Function([I32], [I32], code => code.LocalGet(0).Drop().Op(Opcode.Unreachable), export: "share")
        .Function([], [I32], code => code.I32Const(0).Call(0).I32Const(1).Op(Opcode.I32Add), export: "run");

    // local.get takes two bytes, drop one.
    private static int OffsetOfTrap() => Bodies[0].Start + 3;

    private static FunctionBody[] Bodies => ModuleDecoder.Decode(Module().Build(), ModuleLimits.Default).Bodies;

    private static byte[] Map()
    {
        var mappings = SourceMappings.Of((OffsetOfTrap(), 0, 6, 2), (Bodies[1].Start, 0, 8, 0));
        return Encoding.UTF8.GetBytes(
            $$"""{ "version": 3, "sources": ["assembly/\u001bshop.ts"], "mappings": "{{mappings}}" }""");
    }
}

using Plugins.Host.EngineTests.Support;
using Plugins.Host.Limits;
using Plugins.Host.Tests.Support;
using Plugins.Wasm;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Diagnostics;
using Plugins.Wasm.Tests.Support;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Host.Tests.Guests;

/// <summary>
/// Modules of 20,000 functions and 0.6 MB: compiling them takes several times as long as a call may take by default.
/// </summary>
internal sealed class ManyFunctionsTests
{
    private const int Functions = 20_000;

    private static readonly TestedEngine Embedded = TestedEngines.Available[0];

    [Test]
    public void FirstCall_ThatCallsEveryFunctionOnce_KeepsToTheDefaultLimits()
    {
        using var rig = Create(Straight(1));
        Assert.That(rig.Options.DefaultLimits, Is.EqualTo(PluginLimits.Default));
        Assert.That(() => rig.Load().Call("run", []), Throws.Nothing);
    }

    [Test]
    public void FirstCall_ThatCallsEveryFunctionInALoop_KeepsToTheDefaultTime()
    {
        using var rig = Create(Looping(1)).Limits(limits => limits with { TableElements = Functions });
        Assert.That(() => rig.Load().Call("run", []), Throws.Nothing);
    }

    [Test]
    public void Load_InCompiledMode_CompilesEveryFunction()
    {
        using var rig = Create(Straight(2));
        var progress = new List<CompilationProgress>();
        rig.LoadOptions = new PluginLoadOptions
        {
            Mode = ExecutionMode.Compiled, CompilationProgress = new Reports(progress),
        };
        var functions = rig.Load().Diagnostics.Functions;
        Assert.That(progress[^1], Is.EqualTo(new CompilationProgress(Functions + 1, Functions + 1)));
        Assert.That(progress.Select(report => report.Done), Is.Ordered);
        Assert.That(functions.Count(function => function.Tier == CompilationTier.Optimized), Is.AtLeast(Functions));
    }

    [Test]
    public void Load_CancelledWhileItCompiles_IsCancelled()
    {
        using var source = new CancellationTokenSource();
        using var rig = Create(Straight(3));
        rig.LoadOptions = new PluginLoadOptions { WarmUp = true, CompilationProgress = new Cancelling(source) };
        Assert.That(
            () => rig.Load(cancellationToken: source.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    private static Rig Create(byte[] module)
    {
        var rig = new Rig(module, Embedded).Lists("run");
        rig.Options.TimeProvider = TimeProvider.System;
        return rig;
    }

    // The number makes other bytes: the code of the same bytes is shared, and compiled by then.
    private static byte[] Straight(byte number)
    {
        var module = Small(new ModuleBuilder().Memory(1, export: "memory"));
        module.Function([], [I32], code =>
        {
            for (var i = 0; i < Functions; i++)
            {
                code.I32Const(i).Call((uint)i).Drop();
            }

            code.I32Const(0);
        }, export: "run");
        return module.Custom("number", number).Build();
    }

    private static byte[] Looping(byte number)
    {
        var module = new ModuleBuilder().Memory(1, export: "memory").Table((uint)Functions).Type([I32], [I32]);
        Small(module);
        module.Elements(0, [.. Enumerable.Range(0, Functions).Select(i => (uint)i)]);
        module.Function([], [I32], code => code
            .I32Const(Functions).LocalSet(0)
            .Loop()
            .LocalGet(0).I32Const(1).Op(Opcode.I32Sub).LocalTee(0)
            .LocalGet(0).CallIndirect(0).Drop()
            .LocalGet(0).BrIf(0)
            .End()
            .I32Const(0), [I32], export: "run");
        return module.Custom("number", number).Build();
    }

    private static ModuleBuilder Small(ModuleBuilder module)
    {
        for (var i = 0; i < Functions; i++)
        {
            var number = i;
            module.Function([I32], [I32], code => code
                .LocalGet(0).I32Const(number).Op(Opcode.I32Add).LocalSet(0)
                .Loop().LocalGet(0).I32Const(3).Op(Opcode.I32ShrU).LocalTee(0).BrIf(0).End()
                .LocalGet(0).I32Const(number * 7).Op(Opcode.I32Xor));
        }

        return module;
    }

    private sealed class Reports(List<CompilationProgress> reports) : IProgress<CompilationProgress>
    {
        public void Report(CompilationProgress value) => reports.Add(value);
    }

    private sealed class Cancelling(CancellationTokenSource source) : IProgress<CompilationProgress>
    {
        public void Report(CompilationProgress value) => source.Cancel();
    }
}

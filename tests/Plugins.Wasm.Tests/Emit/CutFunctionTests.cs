using Plugins.Wasm.Binary;
using Plugins.Wasm.Diagnostics;
using Plugins.Wasm.Tests.Emit.Support;
using Plugins.Wasm.Tests.Runtime.Support;
using Plugins.Wasm.Tests.Support;
using Plugins.Wasm.Types;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Wasm.Tests.Emit;

/// <summary>Functions that are too large to be optimised as one method.</summary>
/// <remarks>All other tests of guests run in a mode that cuts small functions, too.</remarks>
internal sealed class CutFunctionTests
{
    private const int Arms = 400;
    private const int Additions = 24;

    private static readonly ModuleOptions s_compiled = new() { Mode = ExecutionMode.Compiled, MeterFuel = true };

    [TestCase("arms", 1_200)]
    [TestCase("arms of constants", 1_500)]
    [TestCase("expressions", 1_300)]
    [TestCase("globals", 2_500)]
    [TestCase("copies", 1_500)]
    [TestCase("calls", 1_000)]
    [TestCase("selects", 2_000)]
    [TestCase("comparisons", 1_200)]
    public void Function_TooLargeToBeOptimized_IsCutAndComputesTheSame(string shape, int size)
    {
        byte[] binary = CompilerInput.Of((shape, size)).Build();
        Module module = Module.Compile(binary, s_compiled);

        FunctionReport report = module.Functions[CompilerInput.Victim];
        Assert.That(report.Tier, Is.EqualTo(CompilationTier.Optimized), report.Reason);
        Assert.That(report.Methods, Is.InRange(2, 1_025));
        Assert.That(
            Run(module), Is.EqualTo(Run(Module.Compile(binary, s_compiled with { Mode = ExecutionMode.Interpreted }))));
    }

    [Test]
    public void Function_OfOrdinarySize_IsOneMethod()
    {
        Module module = Module.Compile(CompilerInput.Usual.Build(), s_compiled);

        Assert.That(module.Functions[CompilerInput.Victim].Methods, Is.EqualTo(1));
    }

    [TestCase(3)]
    [TestCase(Arms / 2)]
    [TestCase(Arms - 1)]
    public void Trap_InACutFunction_HasOneFrameAndItsOffset(int arm)
    {
        Module module = Module.Compile(Dispatch(trap: true), s_compiled);
        using var store = new Store { FuelRemaining = 10_000 };
        var run = new Instance(store, module).GetFunction("run").CreateDelegate<Func<int, int>>();

        TrapException trap = Assert.Throws<TrapException>(() => run(arm))!;

        Assert.That(module.Functions[0].Methods, Is.GreaterThan(1));
        Assert.That(trap.Kind, Is.EqualTo(TrapKind.Unreachable));
        Assert.That(trap.Backtrace.Select(frame => frame.FunctionIndex), Is.EqualTo(new[] { 0, 1 }));
        Assert.That(trap.Backtrace[0].Offset, Is.Not.Null);
    }

    [Test]
    public void Dispatcher_ThatWasInterpretedBefore_KeepsItsResults()
    {
        var tiering = new TieringOptions { Calls = 20, Rounds = 9, IsSynchronous = true };
        var options = new ModuleOptions { Tiering = tiering };
        Module module = Module.Compile(Dispatch(trap: false), options);
        using var store = new Store();
        var run = new Instance(store, module).GetFunction("run").CreateDelegate<Func<int, int>>();
        int[] results = [.. Enumerable.Range(0, Arms).Select(run)];

        Assert.That(module.Functions[0].Tier, Is.EqualTo(CompilationTier.Optimized), module.Functions[0].Reason);
        Assert.That(module.Functions[0].Methods, Is.GreaterThan(1));
        Assert.That(results, Is.EqualTo(Enumerable.Range(0, Arms).Select(Expected)));
    }

    /// <summary>Each part that is cut out would take and give all of them.</summary>
    [TestCase(60, 400)]
    [TestCase(1_000, 24)]
    [TestCase(4_000, 5)]
    public void Function_OfManyLocalsInEveryPart_DoesNotGrowWithTheParts(int locals, int arms)
    {
        ValueKind[] kinds = [.. Enumerable.Repeat(I32, locals)];
        byte[] binary = new ModuleBuilder()
            .Function([I32], [I32], c => Rotations(c, locals, arms), kinds, export: "run")
            .Build();
        Module module = Module.Compile(binary, s_compiled);
        Module interpreted = Module.Compile(binary, s_compiled with { Mode = ExecutionMode.Interpreted });

        // As one method it has about ten bytes for each of the two instructions that move a local.
        Assert.That(module.Functions[0].ILBytes, Is.LessThan(30 * locals * arms));
        Assert.That(CallWith(module, 5), Is.EqualTo(CallWith(interpreted, 5)));
    }

    /// <summary>Each region has a frame of its own, and may be the last that fits.</summary>
    [Test]
    public void Recursion_ThroughACutFunction_Traps()
    {
        byte[] binary = new ModuleBuilder()
            .Function([I32], [I32], c => Dispatcher(c, arm => c.LocalGet(0).Call(0).Op(Opcode.Drop)), [I32], "run")
            .Build();
        Module module = Module.Compile(binary, s_compiled);

        Assert.That(module.Functions[0].Methods, Is.GreaterThan(1));
        Assert.That(
            StackThread.Run(StackThread.Small, () => Guest.TrapOf(() => CallWith(module, Arms / 2))),
            Is.EqualTo(TrapKind.CallStackExhausted));
    }

    private static int CallWith(Module module, int argument)
    {
        using var store = new Store { FuelRemaining = long.MaxValue };
        return new Instance(store, module).GetFunction("run").CreateDelegate<Func<int, int>>()(argument);
    }

    private static byte[] Run(Module module)
    {
        using var store = new Store { FuelRemaining = long.MaxValue };
        var instance = new Instance(store, module);
        Span<byte> memory = instance.Memory0!.GetSpan(0, 1_024);
        for (int i = 0; i < CompilerShapes.Numbers; i++)
        {
            memory[sizeof(int) * i] = (byte)(i * 37);
        }

        instance.Run();
        return [.. instance.Memory0!.GetSpan(0, 1_024), .. BitConverter.GetBytes(store.FuelRemaining)];
    }

    private static void Rotations(CodeBuilder code, int locals, int arms)
    {
        for (int arm = 0; arm < arms; arm++)
        {
            code.LocalGet(0).I32Const(arm).Op(Opcode.I32GtS).If();
            for (uint local = 0; local < locals; local++)
            {
                code.LocalGet(local).LocalSet((local + 1) % (uint)locals);
            }

            code.End();
        }

        code.LocalGet((uint)locals - 1);
    }

    private static byte[] Dispatch(bool trap) => new ModuleBuilder()
        .Function(
            [I32],
            [I32],
            c => Dispatcher(c, _ =>
            {
                if (trap)
                {
                    c.LocalGet(1).If().Op(Opcode.Unreachable).End();
                }
            }),
            [I32])
        .Function([I32], [I32], c => c.LocalGet(0).Call(0), export: "run")
        .Build();

    // Runs one of many arms twice, which adds its number each time.
    private static void Dispatcher(CodeBuilder code, Action<int> beginArm)
    {
        code.Loop().Repeat(Arms, one => one.Block());
        code.LocalGet(0).BrTable(Arms - 1, [.. Enumerable.Range(0, Arms - 1).Select(arm => (uint)arm)]);
        for (int arm = 0; arm < Arms; arm++)
        {
            code.End();
            beginArm(arm);
            for (int i = 0; i < Additions; i++)
            {
                code.LocalGet(1).I32Const(arm).Op(Opcode.I32Add).LocalSet(1);
            }

            code.LocalGet(1).I32Const((2 * Additions * arm) - 1).Op(Opcode.I32LtS).BrIf((uint)(Arms - 1 - arm))
                .LocalGet(1).Op(Opcode.Return);
        }

        code.End().Op(Opcode.Unreachable);
    }

    private static int Expected(int arm) => 2 * Additions * arm;
}

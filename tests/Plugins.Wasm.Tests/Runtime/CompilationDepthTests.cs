using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Runtime.Support;
using Plugins.Wasm.Tests.Support;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Wasm.Tests.Runtime;

/// <summary>
/// Functions are compiled at their first call, on the caller's stack, and the compiler needs some of it too: here they
/// are first called at the last depths that are left. An overflow would end the test process.
/// </summary>
[TestFixture(StackThread.Small)]
[TestFixture(StackThread.Main)]
[NonParallelizable]
internal sealed class CompilationDepthTests(int stackKiB)
{
    private const int Victims = 200;

    // Victims are called this many depths apart, over a stretch that is longer than any victim's estimated frame.
    private const int Stride = 6;
    private const uint Down = 0;

    private static IEnumerable<TestCaseData> Shapes()
    {
        yield return Case("nested blocks", c => c.Repeat(900, one => one.Block())
            .Repeat(900, one => one.LocalGet(0).BrIf(0).LocalGet(0).I32Const(3).Op(Opcode.I32Mul).LocalSet(0).End()));
        yield return Case("nested loops", c => c.Repeat(60, one => one.Loop())
            .Repeat(60, one => one.LocalGet(0).Op(Opcode.I32Eqz).BrIf(0).End()));
        yield return Case("arms", c => c.Repeat(600, one => one
            .LocalGet(0).If().LocalGet(0).I32Const(7).Op(Opcode.I32Xor).LocalSet(0)
            .Else().I32Const(1).LocalSet(0).End()));
        yield return Case("nested arms", c => c.Repeat(300, one => one.LocalGet(0).If(I32))
            .LocalGet(0).Repeat(300, one => one.Else().I32Const(1).End()).LocalSet(0));
        yield return Case("an expression", c => c.LocalGet(0)
            .Repeat(2_000, one => one.LocalGet(0).Op(Opcode.I32Mul).I32Const(5).Op(Opcode.I32Add)).LocalSet(0));
        yield return Case("selects", c => c.LocalGet(0)
            .Repeat(500, one => one.LocalGet(0).LocalGet(0).Op(Opcode.Select)).LocalSet(0));
        yield return Case("loads", c => c.LocalGet(0).Repeat(400, one => one
            .I32Const(0xFFF).Op(Opcode.I32And).Access(Opcode.I32Load)).LocalSet(0));
        yield return Case("a br_table", c => c.Block().LocalGet(0).BrTable(0, new uint[2_000]).End());
        yield return Case("many locals", c => c.Repeat(1, one => Chain(one, 700)));
    }

    [TestCaseSource(nameof(Shapes))]
    public void Function_FirstCalledAtTheLastDepths_IsCompiledOrTraps(Action<CodeBuilder> shape)
    {
        Module module = Sample(shape).Compile();
        int deepest = Run(module, firstVictimAt: int.MaxValue);

        int reached = Run(module, firstVictimAt: deepest - (Victims * Stride));

        Assert.That(deepest, Is.GreaterThan(Victims * Stride));
        Assert.That(reached, Is.GreaterThan(deepest - (Victims * Stride)));
    }

    /// <summary>Recurses until the stack is exhausted, calling a new victim at each depth from some depth on.</summary>
    private int Run(Module module, int firstVictimAt)
    {
        using var store = new Store(new StoreOptions { CallDepth = int.MaxValue });
        var instance = new Instance(store, module);
        var down = instance.GetFunction("down").CreateDelegate<Action<int, int>>();

        Assert.That(StackThread.TrapOf(stackKiB, () => down(0, firstVictimAt)),
            Is.EqualTo(TrapKind.CallStackExhausted));
        return instance.GetGlobal("depth").Value.AsInt32();
    }

    // down(depth, first): depth is kept in the global; the victim of this depth is called; down(depth + 1, first).
    private static ModuleBuilder Sample(Action<CodeBuilder> shape)
    {
        ModuleBuilder builder = new ModuleBuilder()
            .Type([I32], [I32])
            .Memory(1)
            .Table(Victims)
            .Elements(0, [.. Enumerable.Range(1, Victims).Select(index => (uint)index)])
            .Global(I32, isMutable: true, export: "depth")
            .Function([I32, I32], [], export: "down", code: code => code
                .LocalGet(0).GlobalSet(0)
                .LocalGet(0).LocalGet(1).Op(Opcode.I32GeS).If()
                .I32Const(1).LocalGet(0).LocalGet(1).Op(Opcode.I32Sub).I32Const(Stride).Op(Opcode.I32DivU)
                .I32Const(Victims).Op(Opcode.I32RemU).CallIndirect(0).Drop()
                .End()
                .LocalGet(0).I32Const(1).Op(Opcode.I32Add).LocalGet(1).Call(Down));
        for (int i = 0; i < Victims; i++)
        {
            builder.Function([I32], [I32], Victim, [.. Enumerable.Repeat(I32, 700)]);
        }

        return builder;

        void Victim(CodeBuilder code)
        {
            shape(code);
            code.LocalGet(0);
        }
    }

    private static CodeBuilder Chain(CodeBuilder code, uint locals)
    {
        for (uint local = 1; local < locals; local++)
        {
            code.LocalGet(local - 1).LocalGet(0).Op(Opcode.I32Add).LocalSet(local);
        }

        return code.LocalGet(locals - 1).LocalSet(0);
    }

    private static TestCaseData Case(string name, Action<CodeBuilder> code) =>
        new TestCaseData(code).SetArgDisplayNames(name);
}

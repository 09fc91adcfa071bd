using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Runtime.Support;
using Plugins.Wasm.Tests.Support;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Wasm.Tests.Emit;

/// <summary>
/// Functions whose branches the runtime's compiler would take long over are emitted in another way: what they compute
/// must be the same.
/// </summary>
internal sealed class ManyBranchesTests
{
    // Each goes back over all those before it, so that together they go back over millions of instructions.
    private const int ManyBranchesBack = 6_000;
    private const int ManyTables = 600;

    [Test]
    public void Loops_WithAndWithoutManyBranchesBack_ComputeTheSame([Values] bool meterFuel)
    {
        Func<int, int> few = Compile(Loops(0), meterFuel);
        Func<int, int> many = Compile(Loops(ManyBranchesBack), meterFuel);

        foreach (int rounds in (int[])[1, 2, 7])
        {
            Assert.That(many(rounds), Is.EqualTo(few(rounds)));
        }
    }

    [Test]
    public void Loop_WithManyBranchesBack_IsInterrupted()
    {
        ModuleBuilder spin = new ModuleBuilder().Function([], [], export: "run", locals: [I32], code: code => code
            .Loop().Repeat(ManyBranchesBack, one => one.LocalGet(0).BrIf(0)).Br(0).End());
        using var store = new Store();
        var instance = spin.Instantiate(store);
        store.Interrupt();

        Assert.That(StackThread.TrapOf(StackThread.Main, () => instance.Run()), Is.EqualTo(TrapKind.Interrupted));
    }

    [Test]
    public void Loop_WithManyBranchesBack_IsMetered()
    {
        ModuleBuilder spin = new ModuleBuilder().Function([], [], export: "run", locals: [I32], code: code => code
            .Loop().Repeat(ManyBranchesBack, one => one.LocalGet(0).BrIf(0)).Br(0).End());
        using var store = new Store { FuelRemaining = 100_000 };
        var instance = spin.Instantiate(store, meterFuel: true);

        Assert.That(StackThread.TrapOf(StackThread.Main, () => instance.Run()), Is.EqualTo(TrapKind.OutOfFuel));
    }

    [TestCase(0, 1)]
    [TestCase(1, 2)]
    [TestCase(2, 3)]
    [TestCase(-1, 3)]
    public void Tables_ThatShareTheirTargets_GoWhereTheyShould(int selector, int expected)
    {
        // Each table but the last is jumped over; they share the two outer blocks.
        ModuleBuilder module = new ModuleBuilder().Function([I32], [I32], export: "run", code: code => code
            .Block().Block()
            .Repeat(ManyTables, one => one
                .Block().Block().I32Const(1).BrIf(0).LocalGet(0).BrTable(3, 1, 2).End().End())
            .Block().LocalGet(0).BrTable(2, 0, 1).End()
            .I32Const(1).Return()
            .End().I32Const(2).Return()
            .End().I32Const(3));

        Assert.That(Compile(module, meterFuel: false)(selector), Is.EqualTo(expected));
    }

    // Nested loops with a parameter, a loop that is never reached, then a loop after them; f(n) mixes all counters.
    private static ModuleBuilder Loops(int branchesBack) => new ModuleBuilder()
        .Type([I32], [])
        .Function([I32], [I32], export: "run", locals: [I32, I32, I32], code: code => code
            .Loop()
            .Repeat(branchesBack, one => one.LocalGet(3).BrIf(0))
            .LocalGet(1).I32Const(1).Op(Opcode.I32Add).LocalTee(1)
            .BlockOfType(Opcode.Loop, 0)
            .LocalGet(2).I32Const(3).Op(Opcode.I32Mul).Op(Opcode.I32Add).LocalTee(2)
            .LocalGet(2).I32Const(1_000).Op(Opcode.I32LtS).BrIf(0)
            .Drop()
            .End()
            .LocalGet(1).LocalGet(0).Op(Opcode.I32LtS).BrIf(0)
            .End()
            .Block().Br(0).Loop().Br(0).End().End()
            .Loop()
            .LocalGet(2).I32Const(5).Op(Opcode.I32Xor).LocalSet(2)
            .LocalGet(1).I32Const(1).Op(Opcode.I32Sub).LocalTee(1).BrIf(0)
            .End()
            .LocalGet(2));

    private static Func<int, int> Compile(ModuleBuilder module, bool meterFuel)
    {
        var store = new Store { FuelRemaining = 1_000_000_000 };
        var run = module.Instantiate(store, meterFuel: meterFuel).GetFunction("run").CreateDelegate<Func<int, int>>();
        return argument => StackThread.Run(StackThread.Main, () => run(argument));
    }
}

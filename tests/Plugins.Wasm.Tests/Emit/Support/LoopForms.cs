using System.Globalization;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Runtime.Support;
using Plugins.Wasm.Tests.Support;
using Plugins.Wasm.Types;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Wasm.Tests.Emit.Support;

/// <summary>Loops of which each used to end the process that compiled it.</summary>
internal static class LoopForms
{
    private const uint Trips = 0, Variable = 1, Sum = 2, Counter = 3, Rounds = 4;

    /// <summary>The loops by name, and what they give after five rounds.</summary>
    public static IReadOnlyDictionary<string, (ModuleBuilder Module, long Sum)> All { get; } =
        new Dictionary<string, (ModuleBuilder, long)>(StringComparer.Ordinal)
        {
            ["a step of 3"] = (Narrow(3, Times(0x5555_5555), ShiftedBy(31)), -10),
            ["the shift first"] = (Narrow(3, ShiftedBy(31), Times(0x5555_5555)), -10),
            ["a step of 5"] = (Narrow(5, Times(0x3333_3333), ShiftedBy(31)), -10),
            ["a large step"] = (Narrow(0x5555_5555, Times(3), ShiftedBy(31)), -10),
            ["a wide step"] = (Wide(), -10),
            ["a loop in a loop"] = (InALoop(), -20),
        };

    /// <summary>Runs one and prints what it gives; what it returns is the exit code.</summary>
    public static int Run(string name)
    {
        Function run = All[name].Module.Instantiate().GetFunction("run");
        var results = new Value[1];
        run.Invoke([Value.FromInt32(5)], results);
        long sum = results[0].Kind == I64 ? results[0].AsInt64() : results[0].AsInt32();
        Console.Out.WriteLine(sum.ToString(CultureInfo.InvariantCulture));
        return 0;
    }

    private static ModuleBuilder Narrow(int step, Action<CodeBuilder> first, Action<CodeBuilder> second) =>
        new ModuleBuilder().Function(
            [I32],
            [I32],
            code =>
            {
                code.Loop().LocalGet(Sum);
                first(code);
                code.Op(Opcode.I32Add);
                second(code);
                code.Op(Opcode.I32Add).LocalSet(Sum)
                    .LocalGet(Variable).I32Const(step).Op(Opcode.I32Add).LocalSet(Variable);
                Repeat(code).LocalGet(Sum);
            },
            [I32, I32, I32],
            export: "run");

    private static ModuleBuilder Wide() => new ModuleBuilder().Function(
        [I32],
        [I64],
        code => Repeat(code.Loop().LocalGet(Sum)
            .LocalGet(Variable).I64Const(0x5555_5555_5555_5555).Op(Opcode.I64Mul).Op(Opcode.I64Add)
            .LocalGet(Variable).I64Const(63).Op(Opcode.I64Shl).Op(Opcode.I64Add).LocalSet(Sum)
            .LocalGet(Variable).I64Const(3).Op(Opcode.I64Add).LocalSet(Variable)).LocalGet(Sum),
        [I64, I64, I32],
        export: "run");

    // What starts the inner loop anew in each round of the outer one is no constant either; it is a parameter here.
    private static ModuleBuilder InALoop() => new ModuleBuilder()
        .Type([I32], [I32])
        .Function(
            [I32],
            [I32],
            code => Repeat(code.Loop().I32Const(0).LocalSet(Counter).I32Const(0)
                .BlockOfType(Opcode.Loop, 0).LocalSet(Variable)
                .LocalGet(Sum).LocalGet(Variable).I32Const(0x5555_5555).Op(Opcode.I32Mul).Op(Opcode.I32Add)
                .LocalGet(Variable).I32Const(31).Op(Opcode.I32Shl).Op(Opcode.I32Add).LocalSet(Sum)
                .LocalGet(Variable).I32Const(3).Op(Opcode.I32Add)).Drop()
                .LocalGet(Rounds).I32Const(1).Op(Opcode.I32Add).LocalTee(Rounds).I32Const(2).Op(Opcode.I32LtS).BrIf(0)
                .End().LocalGet(Sum),
            [I32, I32, I32, I32],
            export: "run");

    private static CodeBuilder Repeat(CodeBuilder code) => code
        .LocalGet(Counter).I32Const(1).Op(Opcode.I32Add).LocalTee(Counter)
        .LocalGet(Trips).Op(Opcode.I32LtS).BrIf(0).End();

    private static Action<CodeBuilder> Times(int factor) =>
        code => code.LocalGet(Variable).I32Const(factor).Op(Opcode.I32Mul);

    private static Action<CodeBuilder> ShiftedBy(int count) =>
        code => code.LocalGet(Variable).I32Const(count).Op(Opcode.I32Shl);
}

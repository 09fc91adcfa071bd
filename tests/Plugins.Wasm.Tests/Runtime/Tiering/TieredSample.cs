using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Support;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Wasm.Tests.Runtime.Tiering;

/// <summary>A guest whose functions and loops soon become hot.</summary>
internal static class TieredSample
{
    /// <summary>
    /// <c>run(n)</c>: the sum of <c>fib(i mod 8) + salt</c> for every i below n; a reference is carried along.
    /// </summary>
    public static ModuleBuilder Build(int salt) => new ModuleBuilder()
        .Type([I32], [I32])
        .Table(1)
        .Elements(0, 0)
        .Memory(1)
        .Function([I32], [I32], Fibonacci)
        .Function([I32], [I32], code => SumUp(code, salt), [I32, I32], "run")
        .Function([I32, ExternRef], [ExternRef], Keep, [ExternRef, I32], "keep");

    public static int Expected(int rounds, int salt)
    {
        int[] numbers = [0, 1, 1, 2, 3, 5, 8, 13];
        int sum = 0;
        for (int i = 0; i < rounds; i++)
        {
            sum += numbers[i % numbers.Length] + salt;
        }

        return sum;
    }

    private static void Fibonacci(CodeBuilder code) => code
        .LocalGet(0).I32Const(2).Op(Opcode.I32LtS).If().LocalGet(0).Return().End()
        .LocalGet(0).I32Const(1).Op(Opcode.I32Sub).Call(0)
        .LocalGet(0).I32Const(2).Op(Opcode.I32Sub).I32Const(0).CallIndirect(0)
        .Op(Opcode.I32Add);

    private static void SumUp(CodeBuilder code, int salt) => code
        .Block().Loop()
        .LocalGet(1).LocalGet(0).Op(Opcode.I32GeS).BrIf(1)
        .LocalGet(1).I32Const(7).Op(Opcode.I32And).Call(0).I32Const(salt).Op(Opcode.I32Add)
        .LocalGet(2).Op(Opcode.I32Add).LocalSet(2)
        .LocalGet(1).I32Const(1).Op(Opcode.I32Add).LocalSet(1)
        .Br(0).End().End()
        .LocalGet(2);

    /// <summary>Passes a reference from one variable to another and back, and calls in between.</summary>
    private static void Keep(CodeBuilder code) => code
        .Loop()
        .LocalGet(1).LocalSet(2).RefNull(ExternRef).LocalSet(1)
        .I32Const(3).Call(0).LocalSet(3)
        .LocalGet(2).LocalSet(1).RefNull(ExternRef).LocalSet(2)
        .LocalGet(0).I32Const(1).Op(Opcode.I32Sub).LocalTee(0).BrIf(0)
        .End()
        .LocalGet(1);
}

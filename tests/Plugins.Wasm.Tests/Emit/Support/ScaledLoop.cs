using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Runtime.Support;
using Plugins.Wasm.Tests.Support;
using Plugins.Wasm.Types;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Wasm.Tests.Emit.Support;

/// <summary>
/// Random loops over a variable that starts at zero and is used only in multiples, two of which step by the smallest
/// number and by -1. Computing their common step ended .NET 10's compiler, and the process with it, in one of three.
/// </summary>
internal sealed class ScaledLoop
{
    private const uint Trips = 0, Variable = 1, Sum = 2, Counter = 3, Shift = 4;

    private readonly Random _random;
    private readonly CodeBuilder _code = new();
    private readonly bool _isLong;
    private readonly ulong _step;
    private uint _locals = Shift + 1;

    private ScaledLoop(int seed)
    {
#pragma warning disable CA5394 // Repeatable is what it has to be.
        _random = new Random(seed);
#pragma warning restore CA5394
        _isLong = Below(2) == 0;
        _step = Below(3) == 0 ? (ulong)(long)((int[])[1, 3, 5, 7, -3, -1])[Below(6)] : AnyOdd();
    }

    private int Bits => _isLong ? 64 : 32;

    private ulong Smallest => 1UL << (Bits - 1);

    /// <summary>What makes steps of -1.</summary>
    private ulong Negating => unchecked(0UL - Inverse(_step));

    private Opcode Add => _isLong ? Opcode.I64Add : Opcode.I32Add;

    private Opcode Multiply => _isLong ? Opcode.I64Mul : Opcode.I32Mul;

    private Opcode ShiftLeft => _isLong ? Opcode.I64Shl : Opcode.I32Shl;

    /// <summary>Compiles and runs the loops of some seeds; what it returns is the exit code.</summary>
    public static int RunMany(int from, int count)
    {
        for (int seed = from; seed < from + count; seed++)
        {
            Console.Out.WriteLine($"seed {seed}");
            new ScaledLoop(seed).Run();
        }

        return 0;
    }

    private void Run()
    {
        Write();
        ValueKind kind = _isLong ? I64 : I32;
        ValueKind[] locals = [.. Enumerable.Repeat(kind, (int)_locals - 1)];
        locals[Counter - 1] = I32;
        Instance instance = new ModuleBuilder()
            .Function([I32], [kind], code => code.Raw(_code.ToArray()), locals, export: "run")
            .Instantiate(meterFuel: Below(2) == 0);
        instance.GetFunction("run").Invoke([Value.FromInt32(1 + Below(5))], new Value[1]);
    }

    private void Write()
    {
        Constant((ulong)Bits - 1);
        _code.LocalSet(Shift);
        if (Below(3) == 0)
        {
            // A zero in disguise.
            Constant(5);
            Constant(5);
            _code.Op(_isLong ? Opcode.I64Sub : Opcode.I32Sub).LocalSet(Variable);
        }

        _code.Loop();
        ulong[] factors = Below(2) == 0 ? [Negating, Smallest] : [Smallest, Negating];
        foreach (ulong factor in factors)
        {
            Use(factor);
        }

        if (Below(3) == 0)
        {
            Use(((ulong[])[Negating, Smallest, Negating * 2, 3])[Below(4)]);
        }

        _code.LocalGet(Variable);
        Constant(_step);
        _code.Op(Add).LocalSet(Variable)
            .LocalGet(Counter).I32Const(1).Op(Opcode.I32Add).LocalTee(Counter)
            .LocalGet(Trips).Op(Below(2) == 0 ? Opcode.I32LtS : Opcode.I32Ne).BrIf(0).End()
            .LocalGet(Sum);
    }

    /// <summary>Adds the variable times a factor to the sum.</summary>
    private void Use(ulong factor)
    {
        uint product = _locals++;
        Scale(factor);
        _code.LocalSet(product);
        if (Below(2) == 0)
        {
            _code.LocalGet(product).LocalSet(_locals);
            product = _locals++;
        }

        _code.LocalGet(Sum).LocalGet(product).Op(Add).LocalSet(Sum);
    }

    private void Scale(ulong factor)
    {
        _code.LocalGet(Variable);
        int way = Below(7);
        if (factor == Smallest && way < 4)
        {
            ScaleByShifts(way);
        }
        else if (way == 4)
        {
            ulong part = AnyOdd();
            Times(part);
            Times(factor * Inverse(part));
        }
        else if (way == 5)
        {
            Times(factor - 1);
            _code.LocalGet(Variable).Op(Add);
        }
        else
        {
            Times(factor);
        }
    }

    private void ScaleByShifts(int way)
    {
        int part = 1 + Below(Bits - 2);
        switch (way)
        {
            case 0:
                By(Bits - 1);
                break;
            case 1:
                By(part);
                By(Bits - 1 - part);
                break;
            case 2:
                By(part);
                _code.LocalSet(_locals).LocalGet(_locals++);
                By(Bits - 1 - part);
                break;
            default:
                _code.LocalGet(Shift).Op(ShiftLeft);
                break;
        }
    }

    private void By(int count)
    {
        Constant((ulong)count);
        _code.Op(ShiftLeft);
    }

    private void Times(ulong factor)
    {
        Constant(factor);
        _code.Op(Multiply);
    }

    private void Constant(ulong value)
    {
        if (_isLong)
        {
            _code.I64Const((long)value);
        }
        else
        {
            _code.I32Const((int)value);
        }
    }

#pragma warning disable CA5394 // Repeatable is what it has to be.
    private int Below(int limit) => _random.Next(limit);

    private ulong AnyOdd() => (ulong)_random.NextInt64() | 1;
#pragma warning restore CA5394

    /// <summary>What times an odd number is 1, modulo 2⁶⁴.</summary>
    private static ulong Inverse(ulong odd)
    {
        // Each step of Newton's doubles the bits that are right: 3, 6, 12, 24, 48, 96.
        ulong inverse = odd;
        for (int i = 0; i < 5; i++)
        {
            inverse *= 2 - (odd * inverse);
        }

        return inverse;
    }
}

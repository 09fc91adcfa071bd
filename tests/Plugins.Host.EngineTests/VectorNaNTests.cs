using System.Collections.Immutable;
using Plugins.Host.Engines;
using Plugins.Host.EngineTests.Support;
using Plugins.Wasm;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Support;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Host.EngineTests;

/// <summary>Arithmetic on vectors gives the NaNs of arithmetic on their lanes, which are canonical ones.</summary>
/// <remarks>Each operator is run in the guest over whole vectors, and over their lanes one by one.</remarks>
internal sealed class VectorNaNTests(TestedEngine tested) : EngineContract(tested)
{
    private const int First = 16, Second = 32, Third = 48, Vector = 64, Lanes = 80;
    private const int VectorBytes = 16;

    private static readonly uint[] Singles =
    [
        0x7FC0_0000, 0xFFC0_0000, 0x7F80_0001, 0xFFAB_CDEF, 0x7FC0_1234, 0, 0x8000_0000, 0x7F80_0000, 0xFF80_0000,
        0x3FC0_0000, 0xBF80_0000, 0x7F7F_FFFF, 1,
    ];

    private static readonly ulong[] Doubles =
    [
        0x7FF8_0000_0000_0000, 0xFFF8_0000_0000_0000, 0x7FF0_0000_0000_0001, 0xFFF4_5678_9ABC_DEF0,
        0x7FF8_0000_0000_1234, 0, 0x8000_0000_0000_0000, 0x7FF0_0000_0000_0000, 0xFFF0_0000_0000_0000,
        0x3FF8_0000_0000_0000, 0xBFF0_0000_0000_0000, 0x7FEF_FFFF_FFFF_FFFF, 1,
    ];

    /// <summary>All that the engine has on lanes of floats, and what it has for one lane.</summary>
    private static IEnumerable<TestCaseData> Operators() =>
        from opcode in Enum.GetValues<Opcode>()
        let name = $"{opcode}"
        where OpcodeTable.IsVector(opcode) && name[..5] is "F32x4" or "F64x2"
        let scalar = name.Replace("x4", "", StringComparison.Ordinal).Replace("x2", "", StringComparison.Ordinal)
            .Replace("Relaxed", "", StringComparison.Ordinal)
        where Enum.TryParse<Opcode>(scalar, out _) && OpcodeTable.Get(opcode).First == V128
            && OpcodeTable.Get(opcode).Result == V128 && OpcodeTable.Get(opcode).Immediate == ImmediateKind.None
            && OpcodeTable.Get(Enum.Parse<Opcode>(scalar)) is { First: F32 or F64, Result: F32 or F64 }
        select new TestCaseData(opcode, Enum.Parse<Opcode>(scalar)).SetArgDisplayNames(name);

    [Test]
    public void Operators_OverFloats_AreAllHere() => Assert.That(Operators().Count(), Is.EqualTo(30));

    [TestCaseSource(nameof(Operators))]
    public void Operator_OverLanes_GivesTheNaNsOfNumbers(Opcode vector, Opcode scalar)
    {
        bool isDouble = $"{vector}"[..3] == "F64";
        int size = isDouble ? sizeof(double) : sizeof(float);
        int operands = OpcodeTable.Get(scalar).OperandCount;
        IEngineInstance instance = Instantiate(code =>
        {
            Whole(code, vector, operands);
            for (int lane = 0; lane < VectorBytes; lane += size)
            {
                code.I32Const(Lanes + lane).I32Const(First + lane).Access(isDouble ? Opcode.F64Load : Opcode.F32Load);
                if (operands > 1)
                {
                    code.I32Const(Second + lane).Access(isDouble ? Opcode.F64Load : Opcode.F32Load);
                }

                code.Op(scalar).Access(isDouble ? Opcode.F64Store : Opcode.F32Store);
            }
        });

        ForEach(isDouble, instance, bytes => Assert.That(
            bytes[Vector..(Vector + VectorBytes)], Is.EqualTo(bytes[Lanes..(Lanes + VectorBytes)]),
            $"{vector} of {Convert.ToHexString(bytes[First..Vector])}"));
    }

    [TestCase(Opcode.F64x2PromoteLowF32x4, Opcode.F64PromoteF32, false)]
    [TestCase(Opcode.F32x4DemoteF64x2Zero, Opcode.F32DemoteF64, true)]
    public void Conversion_OfLanes_GivesTheNaNsOfNumbers(Opcode vector, Opcode scalar, bool isDouble)
    {
        (Opcode load, Opcode store) = isDouble ? (Opcode.F64Load, Opcode.F32Store) : (Opcode.F32Load, Opcode.F64Store);
        (int from, int to) = isDouble ? (sizeof(double), sizeof(float)) : (sizeof(float), sizeof(double));
        IEngineInstance instance = Instantiate(code =>
        {
            Whole(code, vector, operands: 1);
            for (int lane = 0; lane < 2; lane++)
            {
                code.I32Const(Lanes + (lane * to)).I32Const(First + (lane * from)).Access(load).Op(scalar)
                    .Access(store);
            }
        });

        ForEach(isDouble, instance, bytes => Assert.That(
            bytes[Vector..(Vector + VectorBytes)], Is.EqualTo(bytes[Lanes..(Lanes + VectorBytes)])));
    }

    /// <summary>No operator on numbers multiplies and adds.</summary>
    [TestCase(Opcode.F32x4RelaxedMadd, 1, false)]
    [TestCase(Opcode.F32x4RelaxedNmadd, -1, false)]
    [TestCase(Opcode.F64x2RelaxedMadd, 1, true)]
    [TestCase(Opcode.F64x2RelaxedNmadd, -1, true)]
    public void MultiplyingAndAdding_OfLanes_RoundsOnceAndGivesCanonicalNaNs(Opcode opcode, int sign, bool isDouble)
    {
        IEngineInstance instance = Instantiate(code => Whole(code, opcode, operands: 3));

        ForEach(isDouble, instance, bytes =>
        {
            for (int i = 0; i < VectorBytes; i += isDouble ? sizeof(double) : sizeof(float))
            {
                if (isDouble)
                {
                    double sum = Math.FusedMultiplyAdd(sign * Double(First), Double(Second), Double(Third));
                    Assert.That(
                        BitConverter.ToUInt64(bytes, Vector + i),
                        Is.EqualTo(double.IsNaN(sum) ? Doubles[0] : BitConverter.DoubleToUInt64Bits(sum)));
                }
                else
                {
                    float sum = MathF.FusedMultiplyAdd(sign * Single(First), Single(Second), Single(Third));
                    Assert.That(
                        BitConverter.ToUInt32(bytes, Vector + i),
                        Is.EqualTo(float.IsNaN(sum) ? Singles[0] : BitConverter.SingleToUInt32Bits(sum)));
                }

                double Double(int vector) => BitConverter.ToDouble(bytes, vector + i);
                float Single(int vector) => BitConverter.ToSingle(bytes, vector + i);
            }
        });
    }

    /// <summary>What gives one of its operands, or changes bits alone, leaves a NaN as it is.</summary>
    [TestCase(Opcode.F32x4Pmin)]
    [TestCase(Opcode.F32x4Pmax)]
    [TestCase(Opcode.F64x2Pmin)]
    [TestCase(Opcode.F64x2Pmax)]
    [TestCase(Opcode.V128And)]
    [TestCase(Opcode.V128Or)]
    public void Operator_ThatMovesLanes_KeepsTheirBits(Opcode opcode)
    {
        byte[] bytes = [.. Singles.Take(5).Skip(1).SelectMany(BitConverter.GetBytes)];
        IEngineInstance instance = Instantiate(code => Whole(code, opcode, operands: 2));
        Write(instance, First, bytes);
        Write(instance, Second, bytes);
        instance.Run();

        Assert.That(Read(instance)[Vector..(Vector + VectorBytes)], Is.EqualTo(bytes));
    }

    private static void Whole(CodeBuilder code, Opcode opcode, int operands)
    {
        code.I32Const(Vector);
        for (int i = 0; i < operands; i++)
        {
            code.I32Const(First + (i * VectorBytes)).Access(Opcode.V128Load);
        }

        code.Op(opcode).Access(Opcode.V128Store);
    }

    // Each number meets each, in a lane among others.
    private static void ForEach(bool isDouble, IEngineInstance instance, Action<byte[]> check)
    {
        byte[][] numbers = isDouble
            ? [.. Doubles.Select(BitConverter.GetBytes)]
            : [.. Singles.Select(BitConverter.GetBytes)];
        for (int shift = 0; shift < numbers.Length; shift++)
        {
            for (int i = 0; i < numbers.Length; i++)
            {
                Write(instance, First, Take(numbers, i));
                Write(instance, Second, Take(numbers, i + shift));
                Write(instance, Third, Take(numbers, i + (2 * shift)));
                instance.Run();
                check(Read(instance));
            }
        }
    }

    private static byte[] Take(byte[][] numbers, int from) =>
        [.. Enumerable.Range(from, VectorBytes / numbers[0].Length).SelectMany(i => numbers[i % numbers.Length])];

    private static void Write(IEngineInstance instance, int at, byte[] bytes)
    {
        Assert.That(instance.TryGetMemory((uint)at, (uint)bytes.Length, out Span<byte> span));
        bytes.CopyTo(span);
    }

    private static byte[] Read(IEngineInstance instance)
    {
        Assert.That(instance.TryGetMemory(0, Lanes + VectorBytes, out Span<byte> span));
        return [.. span];
    }

    private IEngineInstance Instantiate(Action<CodeBuilder> write)
    {
        byte[] module = new ModuleBuilder()
            .Memory(1, export: "memory")
            .Function([], [I32], code =>
            {
                write(code);
                code.I32Const(1);
            }, export: "run")
            .Build();
        var options = new EngineModuleOptions
        {
            Limits = ModuleLimits.Default, MeterFuel = true, CanonicalizesNaNs = true,
        };
        IEngineInstance instance = Create(Engine.Compile(ImmutableArray.Create(module), options));
        instance.Instantiate([]);
        return instance;
    }
}

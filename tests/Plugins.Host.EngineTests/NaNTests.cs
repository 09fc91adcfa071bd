using System.Collections.Immutable;
using Plugins.Host.Engines;
using Plugins.Host.EngineTests.Support;
using Plugins.Wasm;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Support;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Host.EngineTests;

/// <summary>Arithmetic gives one NaN only, where that is asked for, whatever NaNs it is given.</summary>
internal sealed class NaNTests(TestedEngine tested) : EngineContract(tested)
{
    private const uint CanonicalSingle = 0x7FC0_0000;
    private const ulong CanonicalDouble = 0x7FF8_0000_0000_0000;

    private static readonly uint[] Singles = [CanonicalSingle, 0xFFC0_0000, 0x7F80_0001, 0xFFAB_CDEF, 0x7FC0_1234];

    private static readonly ulong[] Doubles =
        [CanonicalDouble, 0xFFF8_0000_0000_0000, 0x7FF0_0000_0000_0001, 0xFFF4_5678_9ABC_DEF0, 0x7FF8_0000_0000_1234];

    private static IEnumerable<Opcode> OfSingles() =>
        [.. Between(Opcode.F32Ceil, Opcode.F32Max), Opcode.F64PromoteF32];

    private static IEnumerable<Opcode> OfDoubles() =>
        [.. Between(Opcode.F64Ceil, Opcode.F64Max), Opcode.F32DemoteF64];

    private static IEnumerable<Opcode> Keeping() => [Opcode.F32Abs, Opcode.F32Neg, Opcode.F32Copysign];

    [TestCaseSource(nameof(OfSingles))]
    public void Operator_OverSinglesThatAreNoNumbers_GivesTheCanonicalNaN(Opcode opcode)
    {
        foreach (var bits in Singles)
        {
            Expect(opcode, code => code.I32Const((int)bits).Op(Opcode.F32ReinterpretI32), false);
            Expect(opcode, code => Load(code, Opcode.F32Load), false, BitConverter.GetBytes(bits));
        }
    }

    [TestCaseSource(nameof(OfDoubles))]
    public void Operator_OverDoublesThatAreNoNumbers_GivesTheCanonicalNaN(Opcode opcode)
    {
        foreach (var bits in Doubles)
        {
            Expect(opcode, code => code.I64Const((long)bits).Op(Opcode.F64ReinterpretI64), true);
            Expect(opcode, code => Load(code, Opcode.F64Load), true, BitConverter.GetBytes(bits));
        }
    }

    [Test]
    public void Operator_ThatMakesANaNOfNumbers_GivesTheCanonicalOne()
    {
        Expect(Opcode.F32Div, code => code.I32Const(0).Op(Opcode.F32ConvertI32S), false);
        Expect(Opcode.F64Div, code => code.I32Const(0).Op(Opcode.F64ConvertI32S), true);
        Expect(Opcode.F32Sqrt, code => code.I32Const(-1).Op(Opcode.F32ConvertI32S), false);
    }

    [TestCaseSource(nameof(Keeping))]
    public void Operator_OverTheSignAlone_KeepsTheOtherBits(Opcode opcode)
    {
        var code = CodeBuilder.Bytes(code => Twice(opcode, code => Load(code, Opcode.F32Load), code)
            .Op(Opcode.I32ReinterpretF32).I32Const(0x7FFF_FFFF).Op(Opcode.I32And));
        Assert.That(Run(code, BitConverter.GetBytes(0xFFAB_CDEF)), Is.EqualTo(0x7FAB_CDEF));
    }

    [Test]
    public void Number_ThatIsOne_StaysAsItIs()
    {
        var code = CodeBuilder.Bytes(code => Twice(Opcode.F32Add, code => Load(code, Opcode.F32Load), code)
            .Op(Opcode.I32ReinterpretF32));
        Assert.That(
            BitConverter.Int32BitsToSingle(Run(code, BitConverter.GetBytes(-1.25f))), Is.EqualTo(-2.5f));
    }

    [Test]
    public void Fuel_OfArithmetic_IsTheSame()
    {
        var module = Module(CodeBuilder.Bytes(code =>
            Twice(Opcode.F64Mul, code => Load(code, Opcode.F64Load), code).Op(Opcode.I32TruncSatF64S)), new byte[8]);
        Assert.That(Cost(module, canonicalizes: true), Is.EqualTo(Cost(module, canonicalizes: false)));
    }

    private static IEnumerable<Opcode> Between(Opcode first, Opcode last) =>
        Enumerable.Range((int)first, last - first + 1).Select(number => (Opcode)number);

    private static CodeBuilder Load(CodeBuilder code, Opcode load) => code.I32Const(16).Op(load, 0, 0);

    private static CodeBuilder Twice(Opcode opcode, Action<CodeBuilder> operand, CodeBuilder code)
    {
        operand(code);
        if (OpcodeTable.Get(opcode).OperandCount == 2)
        {
            operand(code);
        }

        return code.Op(opcode);
    }

    // The whole result is compared in the guest, as the host reads only 32 bits of it.
    private void Expect(Opcode opcode, Action<CodeBuilder> operand, bool isDouble, byte[]? memory = null)
    {
        var givesDouble = opcode == Opcode.F64PromoteF32 || (isDouble && opcode != Opcode.F32DemoteF64);
        var code = CodeBuilder.Bytes(code =>
        {
            Twice(opcode, operand, code);
            _ = givesDouble
                ? code.Op(Opcode.I64ReinterpretF64).I64Const((long)CanonicalDouble).Op(Opcode.I64Eq)
                : code.Op(Opcode.I32ReinterpretF32).I32Const((int)CanonicalSingle).Op(Opcode.I32Eq);
        });
        Assert.That(
            Run(code, memory ?? new byte[8]), Is.EqualTo(1), $"{opcode} of {Convert.ToHexString(memory ?? [])}");
    }

    private static ModuleBuilder Module(byte[] code, byte[] memory) => new ModuleBuilder()
        .Memory(1, export: "memory")
        .Function([], [I32], body => body.Raw(code), export: "run")
        .Data(16, memory);

    private IEngineInstance Instantiate(ModuleBuilder module, bool canonicalizes)
    {
        var options = new EngineModuleOptions
        {
            Limits = ModuleLimits.Default, MeterFuel = true, CanonicalizesNaNs = canonicalizes,
        };
        var instance = Create(Engine.Compile(ImmutableArray.Create(module.Build()), options));
        instance.Instantiate([]);
        return instance;
    }

    private int Run(byte[] code, byte[] memory) => Instantiate(Module(code, memory), canonicalizes: true).Run();

    private long Cost(ModuleBuilder module, bool canonicalizes)
    {
        var instance = Instantiate(module, canonicalizes);
        instance.Run();
        return Plenty - instance.Fuel;
    }
}

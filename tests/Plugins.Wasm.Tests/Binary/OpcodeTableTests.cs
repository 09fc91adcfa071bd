using Plugins.Wasm.Binary;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Tests.Binary;

internal sealed class OpcodeTableTests
{
    [Test]
    public void Get_EveryOpcode_IsLegal() => Assert.That(
        Enum.GetValues<Opcode>().Where(opcode => OpcodeTable.Get(opcode).Immediate == ImmediateKind.Illegal),
        Is.Empty);

    [Test]
    public void Get_EveryOtherNumber_IsIllegal() => Assert.That(
        Enumerable.Range(0, 0x100).Concat(Enumerable.Range(0xFC00, 0x400))
            .Where(number => !Enum.IsDefined((Opcode)number))
            .Where(number => OpcodeTable.Get((Opcode)number).Immediate != ImmediateKind.Illegal),
        Is.Empty);

    [TestCase(Opcode.I32Eqz, 1, ValueKind.I32, default(ValueKind), ValueKind.I32)]
    [TestCase(Opcode.I64Eqz, 1, ValueKind.I64, default(ValueKind), ValueKind.I32)]
    [TestCase(Opcode.I64GeU, 2, ValueKind.I64, ValueKind.I64, ValueKind.I32)]
    [TestCase(Opcode.F64Ge, 2, ValueKind.F64, ValueKind.F64, ValueKind.I32)]
    [TestCase(Opcode.I32Rotr, 2, ValueKind.I32, ValueKind.I32, ValueKind.I32)]
    [TestCase(Opcode.I64Shl, 2, ValueKind.I64, ValueKind.I64, ValueKind.I64)]
    [TestCase(Opcode.F32Sqrt, 1, ValueKind.F32, default(ValueKind), ValueKind.F32)]
    [TestCase(Opcode.F64Copysign, 2, ValueKind.F64, ValueKind.F64, ValueKind.F64)]
    [TestCase(Opcode.I64TruncF32U, 1, ValueKind.F32, default(ValueKind), ValueKind.I64)]
    [TestCase(Opcode.F32ConvertI64S, 1, ValueKind.I64, default(ValueKind), ValueKind.F32)]
    [TestCase(Opcode.F64PromoteF32, 1, ValueKind.F32, default(ValueKind), ValueKind.F64)]
    [TestCase(Opcode.I64Extend32S, 1, ValueKind.I64, default(ValueKind), ValueKind.I64)]
    [TestCase(Opcode.I32TruncSatF64U, 1, ValueKind.F64, default(ValueKind), ValueKind.I32)]
    [TestCase(Opcode.I64TruncSatF64U, 1, ValueKind.F64, default(ValueKind), ValueKind.I64)]
    [TestCase(Opcode.F64Load, 1, ValueKind.I32, default(ValueKind), ValueKind.F64)]
    [TestCase(Opcode.I64Store32, 2, ValueKind.I32, ValueKind.I64, default(ValueKind))]
    [TestCase(Opcode.V128Load, 1, ValueKind.I32, default(ValueKind), ValueKind.V128)]
    [TestCase(Opcode.V128Store64Lane, 2, ValueKind.I32, ValueKind.V128, default(ValueKind))]
    [TestCase(Opcode.V128Bitselect, 3, ValueKind.V128, ValueKind.V128, ValueKind.V128)]
    [TestCase(Opcode.I64x2ShrU, 2, ValueKind.V128, ValueKind.I32, ValueKind.V128)]
    [TestCase(Opcode.F64x2ReplaceLane, 2, ValueKind.V128, ValueKind.F64, ValueKind.V128)]
    [TestCase(Opcode.I16x8Bitmask, 1, ValueKind.V128, default(ValueKind), ValueKind.I32)]
    [TestCase(Opcode.F32Const, 0, default(ValueKind), default(ValueKind), ValueKind.F32)]
    public void Get_PlainOpcode_GivesItsTypes(
        Opcode opcode, int operands, ValueKind first, ValueKind second, ValueKind result)
    {
        OpcodeInfo info = OpcodeTable.Get(opcode);
        Assert.That(info.IsPlain);
        Assert.That(
            (info.OperandCount, info.First, info.Second, info.Result),
            Is.EqualTo(((byte)operands, first, second, result)));
    }

    [TestCase(Opcode.I32Load8S, 1)]
    [TestCase(Opcode.I64Load16U, 2)]
    [TestCase(Opcode.I64Load32S, 4)]
    [TestCase(Opcode.F64Load, 8)]
    [TestCase(Opcode.I32Store8, 1)]
    [TestCase(Opcode.I64Store, 8)]
    [TestCase(Opcode.V128Load8x8S, 8)]
    [TestCase(Opcode.V128Load16Lane, 2)]
    [TestCase(Opcode.V128Store, 16)]
    [TestCase(Opcode.I32Add, 0)]
    public void Get_LoadOrStore_GivesItsWidth(Opcode opcode, int bytes) =>
        Assert.That(OpcodeTable.Get(opcode).AccessBytes, Is.EqualTo(bytes));

    [TestCase(Opcode.Call)]
    [TestCase(Opcode.MemorySize)]
    [TestCase(Opcode.RefNull)]
    public void Get_OpcodeWhoseTypesDepend_IsNotPlain(Opcode opcode) =>
        Assert.That(OpcodeTable.Get(opcode).IsPlain, Is.False);
}

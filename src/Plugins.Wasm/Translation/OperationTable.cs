using Plugins.Wasm.Binary;
using Plugins.Wasm.Runtime.Code;
using Plugins.Wasm.Runtime.Interpretation;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Translation;

/// <summary>The interpreter's instructions that WebAssembly's become.</summary>
internal static class OperationTable
{
    private const int SaturatingConversions = (int)Opcode.I64Extend32S + 1;

    /// <summary>The instruction that does the same as a plain one.</summary>
    /// <remarks>Values that are only moved have no type: a load of a float is one of an integer.</remarks>
    public static Operation Of(Opcode opcode) => opcode switch
    {
        Opcode.F32Load or Opcode.I64Load32U => Operation.I32Load,
        Opcode.F64Load => Operation.I64Load,
        Opcode.I64Load8U => Operation.I32Load8U,
        Opcode.I64Load16U => Operation.I32Load16U,
        Opcode.F32Store or Opcode.I64Store32 => Operation.I32Store,
        Opcode.F64Store => Operation.I64Store,
        Opcode.I64Store8 => Operation.I32Store8,
        Opcode.I64Store16 => Operation.I32Store16,
        Opcode.I32WrapI64 or Opcode.I32ReinterpretF32 => Operation.Copy32,
        >= Opcode.I32TruncSatF32S and <= Opcode.I64TruncSatF64U =>
            (Operation)(SaturatingConversions + ((int)opcode - (int)Opcode.I32TruncSatF32S)),
        _ => (Operation)opcode,
    };

    /// <summary>Whether the result has the operand's bits, so that nothing has to be done.</summary>
    public static bool KeepsBits(Opcode opcode) =>
        opcode is Opcode.I64ExtendI32U or Opcode.F32ReinterpretI32 or Opcode.I64ReinterpretF64
            or Opcode.F64ReinterpretI64;

    /// <summary>The instruction that reads a global.</summary>
    public static Operation OfGlobalGet(GlobalPlaceKind place, ValueKind kind) => place == GlobalPlaceKind.Slot
        ? ValueEmitter.Sized(kind, Operation.SlotGet32, Operation.SlotGet64, Operation.SlotGetVector)
        : kind.IsReference ? Operation.CellGetReference
        : ValueEmitter.Sized(kind, Operation.CellGet32, Operation.CellGet64, Operation.CellGetVector);

    /// <summary>The instruction that sets one.</summary>
    public static Operation OfGlobalSet(GlobalPlaceKind place, ValueKind kind) => place == GlobalPlaceKind.Slot
        ? ValueEmitter.Sized(kind, Operation.SlotSet32, Operation.SlotSet64, Operation.SlotSetVector)
        : kind.IsReference ? Operation.CellSetReference
        : ValueEmitter.Sized(kind, Operation.CellSet32, Operation.CellSet64, Operation.CellSetVector);

    /// <summary>Whether there is an instruction for an access at a constant address.</summary>
    public static bool TryGetConstantAddress(
        Operation access, Operand index, ulong offset, out Operation fixedAccess, out int address)
    {
        fixedAccess = OperationTable.AtConstant(access);
        ulong sum = index.Bits + offset;
        address = (int)sum;
        return index.IsConstant && fixedAccess != default && sum <= uint.MaxValue;
    }

    // The default where there is none.
    private static Operation AtConstant(Operation access) => access switch
    {
        Operation.I32Load => Operation.I32LoadAt,
        Operation.I64Load => Operation.I64LoadAt,
        Operation.I32Store => Operation.I32StoreAt,
        Operation.I64Store => Operation.I64StoreAt,
        _ => default,
    };

    /// <summary>Whether the operands may change places.</summary>
    public static bool IsCommutative(Opcode opcode) => opcode
        is Opcode.I32Add or Opcode.I32Mul or Opcode.I32And or Opcode.I32Or or Opcode.I32Xor or Opcode.I32Eq
        or Opcode.I32Ne or Opcode.I64Add or Opcode.I64Mul or Opcode.I64And or Opcode.I64Or or Opcode.I64Xor
        or Opcode.I64Eq or Opcode.I64Ne;

    /// <summary>The instruction with a small constant as its right operand.</summary>
    /// <returns>False where there is none.</returns>
    public static bool TryGetImmediate(Opcode opcode, ulong bits, out Operation operation, out short immediate)
    {
        bool isLong = OpcodeTable.Get(opcode).First == ValueKind.I64;
        long value = isLong ? (long)bits : (int)bits;
        switch (opcode)
        {
            case Opcode.I32Sub or Opcode.I64Sub:
                opcode = isLong ? Opcode.I64Add : Opcode.I32Add;
                value = value == long.MinValue ? value : -value;
                break;
            case >= Opcode.I32Shl and <= Opcode.I32ShrU:
                value &= 31;
                break;
            case >= Opcode.I64Shl and <= Opcode.I64ShrU:
                value &= 63;
                break;
            case Opcode.I32Rotl:
                value &= 31;
                break;
            case Opcode.I32Rotr:
                opcode = Opcode.I32Rotl;
                value = -value & 31;
                break;
            case Opcode.I64Rotl:
                value &= 63;
                break;
            case Opcode.I64Rotr:
                opcode = Opcode.I64Rotl;
                value = -value & 63;
                break;
        }

        immediate = (short)value;
        operation = WithImmediate(opcode);
        return operation != default && immediate == value;
    }

    /// <summary>The branch that a comparison of integers becomes, if anything branches on its result.</summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="branchesIfTrue">Whether the branch is taken where it holds.</param>
    /// <param name="branch">The branch.</param>
    public static bool TryGetBranch(Operation comparison, bool branchesIfTrue, out Operation branch)
    {
        switch (comparison)
        {
            case >= Operation.I32Eq and <= Operation.I32GeU:
                branch = Branch(comparison - Operation.I32Eq, Operation.BranchIfI32Eq, branchesIfTrue);
                return true;
            case >= Operation.I64Eq and <= Operation.I64GeU:
                branch = Branch(comparison - Operation.I64Eq, Operation.BranchIfI64Eq, branchesIfTrue);
                return true;
            case >= Operation.I32EqImmediate and <= Operation.I32GeUImmediate:
                branch = Branch(
                    comparison - Operation.I32EqImmediate, Operation.BranchIfI32EqImmediate, branchesIfTrue);
                return true;
            case >= Operation.I64EqImmediate and <= Operation.I64GeUImmediate:
                branch = Branch(
                    comparison - Operation.I64EqImmediate, Operation.BranchIfI64EqImmediate, branchesIfTrue);
                return true;
            default:
                branch = default;
                return false;
        }
    }

    /// <summary>Whether a comparison has its right operand in itself.</summary>
    public static bool HasImmediate(Operation comparison) => comparison
        is (>= Operation.I32EqImmediate and <= Operation.I32GeUImmediate)
        or (>= Operation.I64EqImmediate and <= Operation.I64GeUImmediate);

    private static Operation Branch(int comparison, Operation branches, bool branchesIfTrue) =>
        (Operation)((int)branches + (branchesIfTrue ? comparison : Opposite(comparison)));

    // Equal and not; then less, signed and not, greater, less or equal, greater or equal.
    private static int Opposite(int comparison) => comparison < 2 ? 1 - comparison : comparison switch
    {
        2 => 8,
        3 => 9,
        4 => 6,
        5 => 7,
        6 => 4,
        7 => 5,
        8 => 2,
        _ => 3,
    };

    private static Operation WithImmediate(Opcode opcode) => opcode switch
    {
        Opcode.I32Add => Operation.I32AddImmediate,
        Opcode.I32Mul => Operation.I32MulImmediate,
        Opcode.I32Rotl => Operation.I32RotlImmediate,
        Opcode.I32And => Operation.I32AndImmediate,
        Opcode.I32Or => Operation.I32OrImmediate,
        Opcode.I32Xor => Operation.I32XorImmediate,
        >= Opcode.I32Shl and <= Opcode.I32ShrU => Operation.I32ShlImmediate + (opcode - Opcode.I32Shl),
        >= Opcode.I32Eq and <= Opcode.I32GeU => Operation.I32EqImmediate + (opcode - Opcode.I32Eq),
        Opcode.I64Add => Operation.I64AddImmediate,
        Opcode.I64Mul => Operation.I64MulImmediate,
        Opcode.I64Rotl => Operation.I64RotlImmediate,
        Opcode.I64And => Operation.I64AndImmediate,
        Opcode.I64Or => Operation.I64OrImmediate,
        Opcode.I64Xor => Operation.I64XorImmediate,
        >= Opcode.I64Shl and <= Opcode.I64ShrU => Operation.I64ShlImmediate + (opcode - Opcode.I64Shl),
        >= Opcode.I64Eq and <= Opcode.I64GeU => Operation.I64EqImmediate + (opcode - Opcode.I64Eq),
        _ => default,
    };
}

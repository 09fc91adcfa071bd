using Plugins.Wasm.Types;

namespace Plugins.Wasm.Binary;

/// <summary>The static facts about every opcode, for the reader, the validator and the emitter.</summary>
/// <remarks>Immutable. WebAssembly 2.0, sections 3.3.1, 3.3.7 and 5.4, in the order of the opcodes.</remarks>
internal static partial class OpcodeTable
{
    /// <summary>The prefix byte of the operators that WebAssembly 2.0 added besides those on vectors.</summary>
    public const byte MiscellaneousPrefix = 0xFC;

    /// <summary>The prefix byte of the instructions on garbage-collected values.</summary>
    public const byte ObjectPrefix = 0xFB;

    private const ValueKind I32 = ValueKind.I32;
    private const ValueKind I64 = ValueKind.I64;
    private const ValueKind F32 = ValueKind.F32;
    private const ValueKind F64 = ValueKind.F64;

    // One page for each upper byte: plain opcodes, then 0xFB to 0xFF.
    private const int PageSize = 0x100;
    private const int Pages = 6;
    private static readonly OpcodeInfo[] Infos = Build();

    /// <summary>The same by the byte of an opcode without a prefix; not to be changed.</summary>
    public static OpcodeInfo[] ByByte => Infos;

    /// <summary>The facts about <paramref name="opcode"/>.</summary>
    /// <remarks>For a number that is no opcode they say <see cref="ImmediateKind.Illegal"/>.</remarks>
    public static ref readonly OpcodeInfo Get(Opcode opcode) => ref Infos[SlotOf(opcode)];

    /// <summary>Whether an operator over floats may give a NaN whose bits it chooses itself.</summary>
    /// <remarks>
    /// WebAssembly 2.0, section 4.3.3. <c>abs</c>, <c>neg</c> and <c>copysign</c> only change the sign.
    /// </remarks>
    public static bool MakesNaNs(Opcode opcode) => opcode
        is (>= Opcode.F32Ceil and < Opcode.F32Copysign)
        or (>= Opcode.F64Ceil and < Opcode.F64Copysign)
        or Opcode.F32DemoteF64 or Opcode.F64PromoteF32
        || MakesSingleNaNs(opcode) || MakesDoubleNaNs(opcode);

    /// <summary>Whether an instruction has the prefix of those on garbage-collected values.</summary>
    public static bool IsOfObjects(Opcode opcode) => (int)opcode >> 8 == ObjectPrefix;

    private static int SlotOf(Opcode opcode) =>
        (int)opcode < PageSize ? (int)opcode : PageSize + ((int)opcode - (ObjectPrefix << 8));

    private static OpcodeInfo[] Build()
    {
        OpcodeInfo[] infos = new OpcodeInfo[Pages * PageSize];
        AddControl(infos);
        AddVariables(infos);
        AddReferences(infos);
        AddObjects(infos);
        AddBulk(infos);
        AddLoads(infos);
        AddStores(infos);
        AddConstants(infos);
        AddComparisons(infos);
        AddArithmetic(infos);
        AddConversions(infos);
        AddSaturatingConversions(infos);
        AddVectors(infos);
        Add(infos, Opcode.I64Add128, Opcode.I64MulWideU, ImmediateKind.None);
        return infos;
    }

    private static void AddControl(OpcodeInfo[] infos)
    {
        Add(infos, Opcode.Unreachable, Opcode.Nop, ImmediateKind.None);
        Add(infos, Opcode.Block, Opcode.If, ImmediateKind.Block);
        Add(infos, Opcode.Else, Opcode.Else, ImmediateKind.None);
        Add(infos, Opcode.End, Opcode.End, ImmediateKind.None);
        Add(infos, Opcode.Br, Opcode.BrIf, ImmediateKind.Index);
        Add(infos, Opcode.BrTable, Opcode.BrTable, ImmediateKind.BranchTargets);
        Add(infos, Opcode.Return, Opcode.Return, ImmediateKind.None);
        Add(infos, Opcode.Call, Opcode.Call, ImmediateKind.Index);
        Add(infos, Opcode.CallIndirect, Opcode.CallIndirect, ImmediateKind.IndexPair);
        Add(infos, Opcode.ReturnCall, Opcode.ReturnCall, ImmediateKind.Index);
        Add(infos, Opcode.ReturnCallIndirect, Opcode.ReturnCallIndirect, ImmediateKind.IndexPair);
        Add(infos, Opcode.CallRef, Opcode.ReturnCallRef, ImmediateKind.Index);
        Add(infos, Opcode.Try, Opcode.Try, ImmediateKind.Block);
        Add(infos, Opcode.Catch, Opcode.Rethrow, ImmediateKind.Index);
        Add(infos, Opcode.ThrowRef, Opcode.ThrowRef, ImmediateKind.None);
        Add(infos, Opcode.Delegate, Opcode.Delegate, ImmediateKind.Index);
        Add(infos, Opcode.CatchAll, Opcode.CatchAll, ImmediateKind.None);
        Add(infos, Opcode.TryTable, Opcode.TryTable, ImmediateKind.TryTable);
        Add(infos, Opcode.Drop, Opcode.Select, ImmediateKind.None);
        Add(infos, Opcode.SelectTyped, Opcode.SelectTyped, ImmediateKind.ValueTypes);
    }

    private static void AddVariables(OpcodeInfo[] infos)
    {
        Add(infos, Opcode.LocalGet, Opcode.TableSet, ImmediateKind.Index);
        Fill(infos, Opcode.LocalSet, Opcode.LocalTee, new OpcodeInfo(ImmediateKind.Index) { OperandCount = 1 });
    }

    private static void AddReferences(OpcodeInfo[] infos)
    {
        Add(infos, Opcode.RefNull, Opcode.RefNull, ImmediateKind.ReferenceType);
        Add(infos, Opcode.RefIsNull, Opcode.RefIsNull, ImmediateKind.None);
        Add(infos, Opcode.RefFunc, Opcode.RefFunc, ImmediateKind.Index);
        Add(infos, Opcode.RefAsNonNull, Opcode.RefAsNonNull, ImmediateKind.None);
        Add(infos, Opcode.BrOnNull, Opcode.BrOnNonNull, ImmediateKind.Index);
    }

    private static void AddObjects(OpcodeInfo[] infos)
    {
        Add(infos, Opcode.RefEq, Opcode.RefEq, ImmediateKind.None);
        Add(infos, Opcode.StructNew, Opcode.StructNewDefault, ImmediateKind.Index);
        Add(infos, Opcode.StructGet, Opcode.StructSet, ImmediateKind.IndexPair);
        Add(infos, Opcode.ArrayNew, Opcode.ArrayNewDefault, ImmediateKind.Index);
        Add(infos, Opcode.ArrayNewFixed, Opcode.ArrayNewElem, ImmediateKind.IndexPair);
        Add(infos, Opcode.ArrayGet, Opcode.ArraySet, ImmediateKind.Index);
        Add(infos, Opcode.ArrayLen, Opcode.ArrayLen, ImmediateKind.None);
        Add(infos, Opcode.ArrayFill, Opcode.ArrayFill, ImmediateKind.Index);
        Add(infos, Opcode.ArrayCopy, Opcode.ArrayInitElem, ImmediateKind.IndexPair);
        Add(infos, Opcode.RefTest, Opcode.RefCastNull, ImmediateKind.HeapType);
        Add(infos, Opcode.BrOnCast, Opcode.BrOnCastFail, ImmediateKind.CastBranch);
        Add(infos, Opcode.AnyConvertExtern, Opcode.I31GetU, ImmediateKind.None);
    }

    private static void AddBulk(OpcodeInfo[] infos)
    {
        Add(infos, Opcode.MemorySize, Opcode.MemoryGrow, ImmediateKind.Index);
        Add(infos, Opcode.MemoryInit, Opcode.MemoryInit, ImmediateKind.IndexPair);
        Add(infos, Opcode.DataDrop, Opcode.DataDrop, ImmediateKind.Index);
        Add(infos, Opcode.MemoryCopy, Opcode.MemoryCopy, ImmediateKind.IndexPair);
        Add(infos, Opcode.MemoryFill, Opcode.MemoryFill, ImmediateKind.Index);
        Add(infos, Opcode.TableInit, Opcode.TableInit, ImmediateKind.IndexPair);
        Add(infos, Opcode.ElemDrop, Opcode.ElemDrop, ImmediateKind.Index);
        Add(infos, Opcode.TableCopy, Opcode.TableCopy, ImmediateKind.IndexPair);
        Add(infos, Opcode.TableGrow, Opcode.TableFill, ImmediateKind.Index);
    }

    private static void AddLoads(OpcodeInfo[] infos)
    {
        AddLoad(infos, Opcode.I32Load, I32, 4);
        AddLoad(infos, Opcode.I64Load, I64, 8);
        AddLoad(infos, Opcode.F32Load, F32, 4);
        AddLoad(infos, Opcode.F64Load, F64, 8);
        AddLoad(infos, Opcode.I32Load8S, I32, 1);
        AddLoad(infos, Opcode.I32Load8U, I32, 1);
        AddLoad(infos, Opcode.I32Load16S, I32, 2);
        AddLoad(infos, Opcode.I32Load16U, I32, 2);
        AddLoad(infos, Opcode.I64Load8S, I64, 1);
        AddLoad(infos, Opcode.I64Load8U, I64, 1);
        AddLoad(infos, Opcode.I64Load16S, I64, 2);
        AddLoad(infos, Opcode.I64Load16U, I64, 2);
        AddLoad(infos, Opcode.I64Load32S, I64, 4);
        AddLoad(infos, Opcode.I64Load32U, I64, 4);
    }

    private static void AddStores(OpcodeInfo[] infos)
    {
        AddStore(infos, Opcode.I32Store, I32, 4);
        AddStore(infos, Opcode.I64Store, I64, 8);
        AddStore(infos, Opcode.F32Store, F32, 4);
        AddStore(infos, Opcode.F64Store, F64, 8);
        AddStore(infos, Opcode.I32Store8, I32, 1);
        AddStore(infos, Opcode.I32Store16, I32, 2);
        AddStore(infos, Opcode.I64Store8, I64, 1);
        AddStore(infos, Opcode.I64Store16, I64, 2);
        AddStore(infos, Opcode.I64Store32, I64, 4);
    }

    private static void AddConstants(OpcodeInfo[] infos)
    {
        AddConstant(infos, Opcode.I32Const, I32, ImmediateKind.Int32);
        AddConstant(infos, Opcode.I64Const, I64, ImmediateKind.Int64);
        AddConstant(infos, Opcode.F32Const, F32, ImmediateKind.Float32);
        AddConstant(infos, Opcode.F64Const, F64, ImmediateKind.Float64);
    }

    private static void AddComparisons(OpcodeInfo[] infos)
    {
        AddUnary(infos, Opcode.I32Eqz, Opcode.I32Eqz, I32, I32);
        AddBinary(infos, Opcode.I32Eq, Opcode.I32GeU, I32, I32);
        AddUnary(infos, Opcode.I64Eqz, Opcode.I64Eqz, I64, I32);
        AddBinary(infos, Opcode.I64Eq, Opcode.I64GeU, I64, I32);
        AddBinary(infos, Opcode.F32Eq, Opcode.F32Ge, F32, I32);
        AddBinary(infos, Opcode.F64Eq, Opcode.F64Ge, F64, I32);
    }

    private static void AddArithmetic(OpcodeInfo[] infos)
    {
        AddUnary(infos, Opcode.I32Clz, Opcode.I32Popcnt, I32, I32);
        AddBinary(infos, Opcode.I32Add, Opcode.I32Rotr, I32, I32);
        AddUnary(infos, Opcode.I64Clz, Opcode.I64Popcnt, I64, I64);
        AddBinary(infos, Opcode.I64Add, Opcode.I64Rotr, I64, I64);
        AddUnary(infos, Opcode.F32Abs, Opcode.F32Sqrt, F32, F32);
        AddBinary(infos, Opcode.F32Add, Opcode.F32Copysign, F32, F32);
        AddUnary(infos, Opcode.F64Abs, Opcode.F64Sqrt, F64, F64);
        AddBinary(infos, Opcode.F64Add, Opcode.F64Copysign, F64, F64);
        AddUnary(infos, Opcode.I32Extend8S, Opcode.I32Extend16S, I32, I32);
        AddUnary(infos, Opcode.I64Extend8S, Opcode.I64Extend32S, I64, I64);
    }

    private static void AddConversions(OpcodeInfo[] infos)
    {
        AddUnary(infos, Opcode.I32WrapI64, Opcode.I32WrapI64, I64, I32);
        AddUnary(infos, Opcode.I32TruncF32S, Opcode.I32TruncF32U, F32, I32);
        AddUnary(infos, Opcode.I32TruncF64S, Opcode.I32TruncF64U, F64, I32);
        AddUnary(infos, Opcode.I64ExtendI32S, Opcode.I64ExtendI32U, I32, I64);
        AddUnary(infos, Opcode.I64TruncF32S, Opcode.I64TruncF32U, F32, I64);
        AddUnary(infos, Opcode.I64TruncF64S, Opcode.I64TruncF64U, F64, I64);
        AddUnary(infos, Opcode.F32ConvertI32S, Opcode.F32ConvertI32U, I32, F32);
        AddUnary(infos, Opcode.F32ConvertI64S, Opcode.F32ConvertI64U, I64, F32);
        AddUnary(infos, Opcode.F32DemoteF64, Opcode.F32DemoteF64, F64, F32);
        AddUnary(infos, Opcode.F64ConvertI32S, Opcode.F64ConvertI32U, I32, F64);
        AddUnary(infos, Opcode.F64ConvertI64S, Opcode.F64ConvertI64U, I64, F64);
        AddUnary(infos, Opcode.F64PromoteF32, Opcode.F64PromoteF32, F32, F64);
        AddUnary(infos, Opcode.I32ReinterpretF32, Opcode.I32ReinterpretF32, F32, I32);
        AddUnary(infos, Opcode.I64ReinterpretF64, Opcode.I64ReinterpretF64, F64, I64);
        AddUnary(infos, Opcode.F32ReinterpretI32, Opcode.F32ReinterpretI32, I32, F32);
        AddUnary(infos, Opcode.F64ReinterpretI64, Opcode.F64ReinterpretI64, I64, F64);
    }

    private static void AddSaturatingConversions(OpcodeInfo[] infos)
    {
        AddUnary(infos, Opcode.I32TruncSatF32S, Opcode.I32TruncSatF32U, F32, I32);
        AddUnary(infos, Opcode.I32TruncSatF64S, Opcode.I32TruncSatF64U, F64, I32);
        AddUnary(infos, Opcode.I64TruncSatF32S, Opcode.I64TruncSatF32U, F32, I64);
        AddUnary(infos, Opcode.I64TruncSatF64S, Opcode.I64TruncSatF64U, F64, I64);
    }

    private static void AddLoad(OpcodeInfo[] infos, Opcode opcode, ValueKind kind, byte bytes) =>
        infos[SlotOf(opcode)] = new OpcodeInfo(ImmediateKind.MemoryAccess)
        {
            IsPlain = true, OperandCount = 1, First = I32, Result = kind, AccessBytes = bytes,
        };

    private static void AddStore(OpcodeInfo[] infos, Opcode opcode, ValueKind kind, byte bytes) =>
        infos[SlotOf(opcode)] = new OpcodeInfo(ImmediateKind.MemoryAccess)
        {
            IsPlain = true, OperandCount = 2, First = I32, Second = kind, AccessBytes = bytes,
        };

    private static void AddConstant(OpcodeInfo[] infos, Opcode opcode, ValueKind kind, ImmediateKind immediate) =>
        infos[SlotOf(opcode)] = new OpcodeInfo(immediate) { IsPlain = true, Result = kind };

    private static void AddUnary(OpcodeInfo[] infos, Opcode from, Opcode to, ValueKind operand, ValueKind result) =>
        Fill(infos, from, to, new OpcodeInfo(ImmediateKind.None)
        {
            IsPlain = true, OperandCount = 1, First = operand, Result = result,
        });

    private static void AddBinary(OpcodeInfo[] infos, Opcode from, Opcode to, ValueKind operand, ValueKind result) =>
        Fill(infos, from, to, new OpcodeInfo(ImmediateKind.None)
        {
            IsPlain = true, OperandCount = 2, First = operand, Second = operand, Result = result,
        });

    private static void Add(OpcodeInfo[] infos, Opcode from, Opcode to, ImmediateKind immediate) =>
        Fill(infos, from, to, new OpcodeInfo(immediate));

    private static void Fill(OpcodeInfo[] infos, Opcode from, Opcode to, OpcodeInfo info)
    {
        for (Opcode opcode = from; opcode <= to; opcode++)
        {
            infos[SlotOf(opcode)] = info;
        }
    }
}

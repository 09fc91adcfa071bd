using Plugins.Wasm.Types;

namespace Plugins.Wasm.Binary;

/// <content>Vector instructions. WebAssembly 2.0, sections 3.3.2, 3.3.7 and 5.4.8; relaxed SIMD.</content>
internal static partial class OpcodeTable
{
    /// <summary>The prefix byte of vector instructions.</summary>
    public const byte VectorPrefix = 0xFD;

    /// <summary>The upper byte, in <see cref="Opcode"/>, of those whose numbers have nine bits.</summary>
    public const byte RelaxedPage = 0xFF;

    private const ValueKind V128 = ValueKind.V128;

    /// <summary>Whether an instruction is one on vectors.</summary>
    public static bool IsVector(Opcode opcode) => opcode >= Opcode.V128Load;

    /// <summary>The opcode of a number behind <see cref="VectorPrefix"/>, which may have no instruction.</summary>
    public static Opcode OfVectorNumber(uint number) => number < PageSize
        ? (Opcode)((VectorPrefix << 8) | (int)number)
        : (Opcode)((RelaxedPage << 8) | (int)Math.Min(number - PageSize, byte.MaxValue));

    /// <summary>The lanes that the lane of an instruction is one of.</summary>
    public static int LanesOf(Opcode opcode) => opcode switch
    {
        >= Opcode.V128Load8Lane and <= Opcode.V128Store64Lane => 16 / Get(opcode).AccessBytes,
        <= Opcode.I8x16ReplaceLane => 16,
        <= Opcode.I16x8ReplaceLane => 8,
        Opcode.I32x4ExtractLane or Opcode.I32x4ReplaceLane or Opcode.F32x4ExtractLane or Opcode.F32x4ReplaceLane => 4,
        _ => 2,
    };

    /// <summary>Whether arithmetic on vectors gives lanes of 32 bits that may be no numbers.</summary>
    /// <remarks>
    /// As <see cref="MakesNaNs"/>: <c>pmin</c> and <c>pmax</c> give one of their operands as it is.
    /// </remarks>
    public static bool MakesSingleNaNs(Opcode opcode) => opcode
        is (>= Opcode.F32x4Ceil and <= Opcode.F32x4Nearest)
        or (>= Opcode.F32x4Sqrt and <= Opcode.F32x4Max)
        or Opcode.F32x4DemoteF64x2Zero
        or Opcode.F32x4RelaxedMadd or Opcode.F32x4RelaxedNmadd
        or Opcode.F32x4RelaxedMin or Opcode.F32x4RelaxedMax;

    /// <summary>The same with lanes of 64 bits.</summary>
    public static bool MakesDoubleNaNs(Opcode opcode) => opcode
        is Opcode.F64x2Ceil or Opcode.F64x2Floor or Opcode.F64x2Trunc or Opcode.F64x2Nearest
        or (>= Opcode.F64x2Sqrt and <= Opcode.F64x2Max)
        or Opcode.F64x2PromoteLowF32x4
        or Opcode.F64x2RelaxedMadd or Opcode.F64x2RelaxedNmadd
        or Opcode.F64x2RelaxedMin or Opcode.F64x2RelaxedMax;

    private static void AddVectors(OpcodeInfo[] infos)
    {
        AddVectorAccesses(infos);
        AddLanes(infos);
        AddVectorComparisons(infos);
        AddIntegerVectors(infos);
        AddFloatVectors(infos);
        AddRelaxedVectors(infos);
        AddConstant(infos, Opcode.V128Const, V128, ImmediateKind.Vector);
        AddVector(infos, Opcode.I8x16Shuffle, Opcode.I8x16Shuffle, 2, ImmediateKind.Vector);
        AddVector(infos, Opcode.I8x16Swizzle, Opcode.I8x16Swizzle, 2);
        AddVector(infos, Opcode.V128Not, Opcode.V128Not, 1);
        AddVector(infos, Opcode.V128And, Opcode.V128Xor, 2);
        AddVector(infos, Opcode.V128Bitselect, Opcode.V128Bitselect, 3);
        AddUnary(infos, Opcode.V128AnyTrue, Opcode.V128AnyTrue, V128, I32);
    }

    private static void AddVectorAccesses(OpcodeInfo[] infos)
    {
        AddLoad(infos, Opcode.V128Load, V128, 16);
        for (Opcode opcode = Opcode.V128Load8x8S; opcode <= Opcode.V128Load32x2U; opcode++)
        {
            AddLoad(infos, opcode, V128, 8);
        }

        AddStore(infos, Opcode.V128Store, V128, 16);
        for (ushort size = 0; size < 4; size++)
        {
            byte bytes = (byte)(1 << size);
            AddLoad(infos, Opcode.V128Load8Splat + size, V128, bytes);
            OpcodeInfo store = new(ImmediateKind.MemoryLane)
            {
                IsPlain = true, OperandCount = 2, First = I32, Second = V128, AccessBytes = bytes,
            };
            infos[SlotOf(Opcode.V128Store8Lane + size)] = store;
            infos[SlotOf(Opcode.V128Load8Lane + size)] = store with { Result = V128 };
        }

        AddLoad(infos, Opcode.V128Load32Zero, V128, 4);
        AddLoad(infos, Opcode.V128Load64Zero, V128, 8);
    }

    private static void AddLanes(OpcodeInfo[] infos)
    {
        AddUnary(infos, Opcode.I8x16Splat, Opcode.I32x4Splat, I32, V128);
        AddUnary(infos, Opcode.I64x2Splat, Opcode.I64x2Splat, I64, V128);
        AddUnary(infos, Opcode.F32x4Splat, Opcode.F32x4Splat, F32, V128);
        AddUnary(infos, Opcode.F64x2Splat, Opcode.F64x2Splat, F64, V128);
        AddLane(infos, Opcode.I8x16ExtractLaneS, Opcode.I8x16ExtractLaneU, Opcode.I8x16ReplaceLane, I32);
        AddLane(infos, Opcode.I16x8ExtractLaneS, Opcode.I16x8ExtractLaneU, Opcode.I16x8ReplaceLane, I32);
        AddLane(infos, Opcode.I32x4ExtractLane, Opcode.I32x4ExtractLane, Opcode.I32x4ReplaceLane, I32);
        AddLane(infos, Opcode.I64x2ExtractLane, Opcode.I64x2ExtractLane, Opcode.I64x2ReplaceLane, I64);
        AddLane(infos, Opcode.F32x4ExtractLane, Opcode.F32x4ExtractLane, Opcode.F32x4ReplaceLane, F32);
        AddLane(infos, Opcode.F64x2ExtractLane, Opcode.F64x2ExtractLane, Opcode.F64x2ReplaceLane, F64);
    }

    private static void AddVectorComparisons(OpcodeInfo[] infos)
    {
        AddVector(infos, Opcode.I8x16Eq, Opcode.F64x2Ge, 2);
        AddVector(infos, Opcode.I64x2Eq, Opcode.I64x2GeS, 2);
    }

    private static void AddIntegerVectors(OpcodeInfo[] infos)
    {
        AddInteger(infos, Opcode.I8x16Abs, Opcode.I8x16AllTrue, Opcode.I8x16Shl);
        AddInteger(infos, Opcode.I16x8Abs, Opcode.I16x8AllTrue, Opcode.I16x8Shl);
        AddInteger(infos, Opcode.I32x4Abs, Opcode.I32x4AllTrue, Opcode.I32x4Shl);
        AddInteger(infos, Opcode.I64x2Abs, Opcode.I64x2AllTrue, Opcode.I64x2Shl);
        AddVector(infos, Opcode.I8x16Popcnt, Opcode.I8x16Popcnt, 1);
        AddVector(infos, Opcode.I8x16NarrowI16x8S, Opcode.I8x16NarrowI16x8U, 2);
        AddVector(infos, Opcode.I8x16Add, Opcode.I8x16SubSatU, 2);
        AddVector(infos, Opcode.I8x16MinS, Opcode.I8x16MaxU, 2);
        AddVector(infos, Opcode.I8x16AvgrU, Opcode.I8x16AvgrU, 2);
        AddVector(infos, Opcode.I16x8ExtaddPairwiseI8x16S, Opcode.I32x4ExtaddPairwiseI16x8U, 1);
        AddVector(infos, Opcode.I16x8Q15mulrSatS, Opcode.I16x8Q15mulrSatS, 2);
        AddVector(infos, Opcode.I16x8NarrowI32x4S, Opcode.I16x8NarrowI32x4U, 2);
        AddVector(infos, Opcode.I16x8ExtendLowI8x16S, Opcode.I16x8ExtendHighI8x16U, 1);
        AddVector(infos, Opcode.I16x8Add, Opcode.I16x8SubSatU, 2);
        AddVector(infos, Opcode.I16x8Mul, Opcode.I16x8MaxU, 2);
        AddVector(infos, Opcode.I16x8AvgrU, Opcode.I16x8ExtmulHighI8x16U, 2);
        AddVector(infos, Opcode.I32x4ExtendLowI16x8S, Opcode.I32x4ExtendHighI16x8U, 1);
        AddVector(infos, Opcode.I32x4Add, Opcode.I32x4Add, 2);
        AddVector(infos, Opcode.I32x4Sub, Opcode.I32x4Sub, 2);
        AddVector(infos, Opcode.I32x4Mul, Opcode.I32x4DotI16x8S, 2);
        AddVector(infos, Opcode.I32x4ExtmulLowI16x8S, Opcode.I32x4ExtmulHighI16x8U, 2);
        AddVector(infos, Opcode.I64x2ExtendLowI32x4S, Opcode.I64x2ExtendHighI32x4U, 1);
        AddVector(infos, Opcode.I64x2Add, Opcode.I64x2Add, 2);
        AddVector(infos, Opcode.I64x2Sub, Opcode.I64x2Sub, 2);
        AddVector(infos, Opcode.I64x2Mul, Opcode.I64x2Mul, 2);
        AddVector(infos, Opcode.I64x2ExtmulLowI32x4S, Opcode.I64x2ExtmulHighI32x4U, 2);
    }

    private static void AddFloatVectors(OpcodeInfo[] infos)
    {
        AddVector(infos, Opcode.F32x4DemoteF64x2Zero, Opcode.F64x2PromoteLowF32x4, 1);
        AddVector(infos, Opcode.F32x4Ceil, Opcode.F32x4Nearest, 1);
        AddVector(infos, Opcode.F64x2Ceil, Opcode.F64x2Floor, 1);
        AddVector(infos, Opcode.F64x2Trunc, Opcode.F64x2Trunc, 1);
        AddVector(infos, Opcode.F64x2Nearest, Opcode.F64x2Nearest, 1);
        AddVector(infos, Opcode.F32x4Abs, Opcode.F32x4Neg, 1);
        AddVector(infos, Opcode.F32x4Sqrt, Opcode.F32x4Sqrt, 1);
        AddVector(infos, Opcode.F32x4Add, Opcode.F32x4Pmax, 2);
        AddVector(infos, Opcode.F64x2Abs, Opcode.F64x2Neg, 1);
        AddVector(infos, Opcode.F64x2Sqrt, Opcode.F64x2Sqrt, 1);
        AddVector(infos, Opcode.F64x2Add, Opcode.F64x2Pmax, 2);
        AddVector(infos, Opcode.I32x4TruncSatF32x4S, Opcode.F64x2ConvertLowI32x4U, 1);
    }

    private static void AddRelaxedVectors(OpcodeInfo[] infos)
    {
        AddVector(infos, Opcode.I8x16RelaxedSwizzle, Opcode.I8x16RelaxedSwizzle, 2);
        AddVector(infos, Opcode.I32x4RelaxedTruncF32x4S, Opcode.I32x4RelaxedTruncF64x2UZero, 1);
        AddVector(infos, Opcode.F32x4RelaxedMadd, Opcode.I64x2RelaxedLaneselect, 3);
        AddVector(infos, Opcode.F32x4RelaxedMin, Opcode.I16x8RelaxedDotI8x16I7x16S, 2);
        AddVector(infos, Opcode.I32x4RelaxedDotI8x16I7x16AddS, Opcode.I32x4RelaxedDotI8x16I7x16AddS, 3);
    }

    /// <summary>What all four integer shapes have.</summary>
    private static void AddInteger(OpcodeInfo[] infos, Opcode absolute, Opcode allTrue, Opcode shiftLeft)
    {
        AddVector(infos, absolute, absolute + 1, 1);
        AddUnary(infos, allTrue, allTrue + 1, V128, I32);
        Fill(infos, shiftLeft, shiftLeft + 2, new OpcodeInfo(ImmediateKind.None)
        {
            IsPlain = true, OperandCount = 2, First = V128, Second = I32, Result = V128,
        });
    }

    private static void AddLane(OpcodeInfo[] infos, Opcode from, Opcode to, Opcode replace, ValueKind kind)
    {
        Fill(infos, from, to, new OpcodeInfo(ImmediateKind.Lane)
        {
            IsPlain = true, OperandCount = 1, First = V128, Result = kind,
        });
        Fill(infos, replace, replace, new OpcodeInfo(ImmediateKind.Lane)
        {
            IsPlain = true, OperandCount = 2, First = V128, Second = kind, Result = V128,
        });
    }

    /// <summary>Instructions that make a vector of vectors.</summary>
    private static void AddVector(
        OpcodeInfo[] infos, Opcode from, Opcode to, byte operands, ImmediateKind immediate = ImmediateKind.None) =>
        Fill(infos, from, to, new OpcodeInfo(immediate)
        {
            IsPlain = true,
            OperandCount = operands,
            First = V128,
            Second = operands > 1 ? V128 : default,
            Third = operands > 2 ? V128 : default,
            Result = V128,
        });
}

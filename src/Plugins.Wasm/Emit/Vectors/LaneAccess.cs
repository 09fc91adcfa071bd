using System.Reflection.Emit;
using Plugins.Wasm.Binary;

namespace Plugins.Wasm.Emit.Vectors;

/// <summary>What loads and stores of lanes are made of, by the size of the lane: 1, 2, 4 or 8 bytes.</summary>
internal static class LaneAccess
{
    private static readonly Opcode[] s_loads =
        [Opcode.I32Load8U, Opcode.I32Load16U, Opcode.I32Load, Opcode.I64Load];

    private static readonly Opcode[] s_splats =
        [Opcode.I8x16Splat, Opcode.I16x8Splat, Opcode.I32x4Splat, Opcode.I64x2Splat];

    private static readonly Opcode[] s_replacements =
        [Opcode.I8x16ReplaceLane, Opcode.I16x8ReplaceLane, Opcode.I32x4ReplaceLane, Opcode.I64x2ReplaceLane];

    private static readonly Opcode[] s_extractions =
        [Opcode.I8x16ExtractLaneU, Opcode.I16x8ExtractLaneU, Opcode.I32x4ExtractLane, Opcode.I64x2ExtractLane];

    private static readonly OpCode[] s_stores =
        [OpCodes.Stind_I1, OpCodes.Stind_I2, OpCodes.Stind_I4, OpCodes.Stind_I8];

    public static Opcode LoadOf(int size) => s_loads[size];

    public static Opcode SplatOf(int size) => s_splats[size];

    public static Opcode ReplaceOf(int size) => s_replacements[size];

    public static Opcode ExtractOf(int size) => s_extractions[size];

    public static OpCode StoreOf(int size) => s_stores[size];
}

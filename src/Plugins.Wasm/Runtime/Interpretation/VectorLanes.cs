using System.Runtime.Intrinsics;
using Plugins.Wasm.Binary;

namespace Plugins.Wasm.Runtime.Interpretation;

/// <summary>Lanes taken out of vectors and put into them, as bits in slots.</summary>
/// <remarks>WebAssembly 2.0, section 4.4.3.</remarks>
internal static class VectorLanes
{
    internal static ulong Extract(Opcode opcode, Vector128<byte> vector, int lane) => opcode switch
    {
        Opcode.I8x16ExtractLaneS => (uint)vector.AsSByte().GetElement(lane),
        Opcode.I8x16ExtractLaneU => vector.GetElement(lane),
        Opcode.I16x8ExtractLaneS => (uint)vector.AsInt16().GetElement(lane),
        Opcode.I16x8ExtractLaneU => vector.AsUInt16().GetElement(lane),
        Opcode.I32x4ExtractLane or Opcode.F32x4ExtractLane => vector.AsUInt32().GetElement(lane),
        _ => vector.AsUInt64().GetElement(lane),
    };

    internal static Vector128<byte> Replace(Opcode opcode, Vector128<byte> vector, int lane, ulong bits) =>
        opcode switch
        {
            Opcode.I8x16ReplaceLane => vector.WithElement(lane, (byte)bits),
            Opcode.I16x8ReplaceLane => vector.AsUInt16().WithElement(lane, (ushort)bits).AsByte(),
            Opcode.I32x4ReplaceLane or Opcode.F32x4ReplaceLane =>
                vector.AsUInt32().WithElement(lane, (uint)bits).AsByte(),
            _ => vector.AsUInt64().WithElement(lane, bits).AsByte(),
        };

    internal static Vector128<byte> Splat(Opcode opcode, ulong bits) => opcode switch
    {
        Opcode.I8x16Splat => Vector128.Create((byte)bits),
        Opcode.I16x8Splat => Vector128.Create((ushort)bits).AsByte(),
        Opcode.I32x4Splat or Opcode.F32x4Splat => Vector128.Create((uint)bits).AsByte(),
        _ => Vector128.Create(bits).AsByte(),
    };
}

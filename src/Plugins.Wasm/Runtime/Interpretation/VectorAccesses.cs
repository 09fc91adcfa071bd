using System.Runtime.Intrinsics;
using Plugins.Wasm.Binary;

namespace Plugins.Wasm.Runtime.Interpretation;

/// <summary>Loads and stores of vectors and their lanes.</summary>
/// <remarks>WebAssembly 2.0, sections 4.4.7.1 to 4.4.7.8.</remarks>
internal static unsafe class VectorAccesses
{
    /// <summary>Carries one out: A is its result, B its address, C a vector; lane, memory and offset follow.</summary>
    /// <exception cref="TrapException">It is out of bounds.</exception>
    internal static void Run(Instance instance, InterpreterStack stack, Cell* ip, ulong* fp)
    {
        var opcode = (Opcode)ip[1].Left;
        OpcodeInfo info = OpcodeTable.Get(opcode);
        LinearMemory memory = instance.Memories[ip[1].Number >> 8];
        byte* address = FarMemory.PlaceOf(memory, fp[ip->B], ip[2].Bits, info.AccessBytes);
        Vector128<byte> vector = *stack.VectorsAt(fp + ip->C);
        int lane = (byte)ip[1].Number;
        if (!info.HasResult)
        {
            Store(opcode, address, vector, lane);
            return;
        }

        bool hasLane = info.Immediate == ImmediateKind.MemoryLane;
        *stack.VectorsAt(fp + ip->A) =
            hasLane ? LoadLane(opcode, address, vector, lane) : Load(opcode, address);
    }

    private static Vector128<byte> Load(Opcode opcode, byte* address) => opcode switch
    {
        Opcode.V128Load => Vector128.Load(address),
        Opcode.V128Load8x8S => Vector128.WidenLower(Vector128.CreateScalar(*(ulong*)address).AsSByte()).AsByte(),
        Opcode.V128Load8x8U => Vector128.WidenLower(Vector128.CreateScalar(*(ulong*)address).AsByte()).AsByte(),
        Opcode.V128Load16x4S => Vector128.WidenLower(Vector128.CreateScalar(*(ulong*)address).AsInt16()).AsByte(),
        Opcode.V128Load16x4U => Vector128.WidenLower(Vector128.CreateScalar(*(ulong*)address).AsUInt16()).AsByte(),
        Opcode.V128Load32x2S => Vector128.WidenLower(Vector128.CreateScalar(*(ulong*)address).AsInt32()).AsByte(),
        Opcode.V128Load32x2U => Vector128.WidenLower(Vector128.CreateScalar(*(ulong*)address).AsUInt32()).AsByte(),
        Opcode.V128Load8Splat => Vector128.Create(*address),
        Opcode.V128Load16Splat => Vector128.Create(*(ushort*)address).AsByte(),
        Opcode.V128Load32Splat => Vector128.Create(*(uint*)address).AsByte(),
        Opcode.V128Load64Splat => Vector128.Create(*(ulong*)address).AsByte(),
        Opcode.V128Load32Zero => Vector128.CreateScalar(*(uint*)address).AsByte(),
        _ => Vector128.CreateScalar(*(ulong*)address).AsByte(),
    };

    private static Vector128<byte> LoadLane(Opcode opcode, byte* address, Vector128<byte> vector, int lane) =>
        opcode switch
        {
            Opcode.V128Load8Lane => vector.WithElement(lane, *address),
            Opcode.V128Load16Lane => vector.AsUInt16().WithElement(lane, *(ushort*)address).AsByte(),
            Opcode.V128Load32Lane => vector.AsUInt32().WithElement(lane, *(uint*)address).AsByte(),
            _ => vector.AsUInt64().WithElement(lane, *(ulong*)address).AsByte(),
        };

    private static void Store(Opcode opcode, byte* address, Vector128<byte> vector, int lane)
    {
        switch (opcode)
        {
            case Opcode.V128Store: vector.Store(address); break;
            case Opcode.V128Store8Lane: *address = vector.GetElement(lane); break;
            case Opcode.V128Store16Lane: *(ushort*)address = vector.AsUInt16().GetElement(lane); break;
            case Opcode.V128Store32Lane: *(uint*)address = vector.AsUInt32().GetElement(lane); break;
            default: *(ulong*)address = vector.AsUInt64().GetElement(lane); break;
        }
    }
}

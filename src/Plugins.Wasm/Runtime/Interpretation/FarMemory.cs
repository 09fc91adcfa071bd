namespace Plugins.Wasm.Runtime.Interpretation;

/// <summary>Loads and stores of memories that are not at hand, or that have 64-bit addresses.</summary>
/// <remarks>WebAssembly 3.0, sections 4.6.8 and 4.6.9.</remarks>
internal static unsafe class FarMemory
{
    /// <summary>Carries one out.</summary>
    /// <returns>The instruction's last cell.</returns>
    /// <exception cref="TrapException">The access is not whole inside the memory.</exception>
    internal static Cell* Access(Instance instance, Cell* ip, ulong* fp)
    {
        LinearMemory memory = instance.Memories[ip[1].Number];
        var access = (Operation)ip[1].Left;
        byte* place = PlaceOf(memory, fp[ip->B], ip[2].Bits, BytesOf(access));
        if (ip->Operation == Operation.FarLoad)
        {
            fp[ip->A] = Load(access, place);
        }
        else
        {
            Store(access, place, fp[ip->A]);
        }

        return ip + 2;
    }

    /// <summary>Where an access is.</summary>
    /// <exception cref="TrapException">It is not whole inside the memory.</exception>
    internal static byte* PlaceOf(LinearMemory memory, ulong address, ulong offset, uint bytes)
    {
        // The sum of offset and size is past every memory where it overflows.
        ulong extent = offset + bytes;
        return extent >= offset && extent <= memory.Length && address <= memory.Length - extent
            ? memory.Base + address + offset
            : throw new TrapException(TrapKind.OutOfBoundsMemoryAccess);
    }

    private static uint BytesOf(Operation access) => access switch
    {
        Operation.I32Load8S or Operation.I32Load8U or Operation.I64Load8S or Operation.I32Store8 => 1,
        Operation.I32Load16S or Operation.I32Load16U or Operation.I64Load16S or Operation.I32Store16 => 2,
        Operation.I32Load or Operation.I64Load32S or Operation.I32Store => 4,
        _ => 8,
    };

    private static ulong Load(Operation access, byte* place) => access switch
    {
        Operation.I32Load => *(uint*)place,
        Operation.I64Load => *(ulong*)place,
        Operation.I32Load8S => (uint)*(sbyte*)place,
        Operation.I32Load8U => *place,
        Operation.I32Load16S => (uint)*(short*)place,
        Operation.I32Load16U => *(ushort*)place,
        Operation.I64Load8S => (ulong)*(sbyte*)place,
        Operation.I64Load16S => (ulong)*(short*)place,
        _ => (ulong)*(int*)place,
    };

    private static void Store(Operation access, byte* place, ulong value)
    {
        switch (access)
        {
            case Operation.I32Store8:
                *place = (byte)value;
                break;
            case Operation.I32Store16:
                *(ushort*)place = (ushort)value;
                break;
            case Operation.I32Store:
                *(uint*)place = (uint)value;
                break;
            default:
                *(ulong*)place = value;
                break;
        }
    }
}

using System.Runtime.InteropServices;

namespace Plugins.Wasm.Runtime;

/// <summary>A block of the native heap.</summary>
internal sealed unsafe class PortableBlock : MemoryBlock
{
    private PortableBlock(byte* start, ulong capacity)
    {
        Start = start;
        Capacity = capacity;
    }

    ~PortableBlock() => Free();

    /// <summary>A block whose first <paramref name="length"/> bytes are zero.</summary>
    public static PortableBlock? TryAllocate(ulong length, ulong capacity)
    {
        try
        {
            // One allocation more than zero bytes long, so that an empty memory has an address too.
            nuint bytes = (nuint)Math.Max(capacity, 1);
            byte* start = length == capacity
                ? (byte*)NativeMemory.AllocZeroed(bytes)
                : (byte*)NativeMemory.Alloc(bytes);
            var block = new PortableBlock(start, capacity);
            return length == capacity || block.TryExtend(0, length) ? block : null;
        }
        catch (OutOfMemoryException)
        {
            return null;
        }
    }

    public override bool TryExtend(ulong length, ulong newLength)
    {
        NativeMemory.Clear(Start + length, (nuint)(newLength - length));
        return true;
    }

    public override void Shrink(ulong length, ulong newLength)
    {
        // What was given up is cleared when it is asked for again.
    }

    protected override void Release(byte* start) => NativeMemory.Free(start);
}

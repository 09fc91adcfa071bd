using System.Runtime.InteropServices;

namespace Plugins.Wasm.Runtime.Memories;

/// <summary>A block of the native heap.</summary>
internal sealed unsafe class PortableBlock : MemoryBlock
{
    // Clearing less than this is faster than looking at it.
    private const ulong LeastScanned = 1 << 20;

    /// <summary>Where the bytes begin that nobody was ever given, and that are zero for that reason.</summary>
    private ulong _fresh;

    private PortableBlock(byte* start, ulong length, ulong capacity)
    {
        Start = start;
        Capacity = capacity;
        _fresh = length;
    }

    ~PortableBlock() => Free();

    /// <summary>A block of zeros.</summary>
    public static PortableBlock? TryAllocate(ulong length, ulong capacity)
    {
        try
        {
            // One byte at least, so that an empty memory has an address too. Asked for zeros, the heap of every system
            // takes large blocks from fresh pages, so that bytes nobody uses cost neither time nor memory.
            var bytes = (nuint)Math.Max(capacity, 1);
            return new PortableBlock((byte*)NativeMemory.AllocZeroed(bytes), length, capacity);
        }
        catch (OutOfMemoryException)
        {
            return null;
        }
    }

    public override bool TryExtend(ulong length, ulong newLength, Store? interruptible)
    {
        if (length < _fresh)
        {
            ulong used = Math.Min(_fresh, newLength);
            ChunkedWork.Fill(interruptible, Start + length, used - length, 0);
        }

        _fresh = Math.Max(_fresh, newLength);
        return true;
    }

    public override void Shrink(ulong length, ulong newLength, ref ulong mayKeep)
    {
        // What was given up is cleared when it is asked for again.
    }

    // Reading a page that nobody wrote costs no memory, and the heap has no other way to tell.
    public override void Zero(ulong start, ulong count, ref ulong mayKeep)
    {
        for (ulong done = 0; done < count; done += LinearMemory.PageBytes)
        {
            var bytes = new Span<byte>(Start + start + done, (int)Math.Min(LinearMemory.PageBytes, count - done));
            if (count < LeastScanned || bytes.ContainsAnyExcept((byte)0))
            {
                bytes.Clear();
            }
        }
    }

    protected override void Release(byte* start) => NativeMemory.Free(start);
}

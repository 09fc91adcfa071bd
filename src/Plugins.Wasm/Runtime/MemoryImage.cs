using System.Runtime.InteropServices;

namespace Plugins.Wasm.Runtime;

/// <summary>The contents of a memory, without the zeros at its start and end.</summary>
internal sealed unsafe class MemoryImage
{
    private readonly byte[] _bytes;
    private readonly ulong _start;
    private readonly ulong _length;

    private MemoryImage(byte[] bytes, ulong start, ulong length)
    {
        _bytes = bytes;
        _start = start;
        _length = length;
    }

    /// <exception cref="OutOfMemoryException">
    /// More than 2 GiB lie between the first and the last byte that is not zero.
    /// </exception>
    public static MemoryImage Capture(LinearMemory memory)
    {
        ulong start = 0;
        ulong end = memory.Length;
        while (end > 0 && !Page(memory, end - LinearMemory.PageBytes).ContainsAnyExcept((byte)0))
        {
            end -= LinearMemory.PageBytes;
        }

        while (start < end && !Page(memory, start).ContainsAnyExcept((byte)0))
        {
            start += LinearMemory.PageBytes;
        }

        if (start < end)
        {
            start += (ulong)Page(memory, start).IndexOfAnyExcept((byte)0);
            int last = Page(memory, end - LinearMemory.PageBytes).LastIndexOfAnyExcept((byte)0);
            end -= (ulong)(LinearMemory.PageBytes - 1 - last);
        }

        byte[] bytes = new byte[end - start];
        new ReadOnlySpan<byte>(memory.Base + start, bytes.Length).CopyTo(bytes);
        return new MemoryImage(bytes, start, memory.Length);
    }

    public void Restore(LinearMemory memory)
    {
        memory.ShrinkTo(_length);
        if (memory.Length < _length)
        {
            // A fresh instance of a module that grows its memory while it initialises.
            memory.GrowBack((uint)((_length - memory.Length) / LinearMemory.PageBytes));
        }

        byte* contents = memory.Base + _start;
        NativeMemory.Clear(memory.Base, (nuint)_start);
        _bytes.CopyTo(new Span<byte>(contents, _bytes.Length));
        NativeMemory.Clear(contents + _bytes.Length, (nuint)(memory.Length - _start) - (nuint)_bytes.Length);
    }

    private static ReadOnlySpan<byte> Page(LinearMemory memory, ulong start) =>
        new(memory.Base + start, LinearMemory.PageBytes);
}

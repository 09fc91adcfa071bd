namespace Plugins.Wasm.Runtime;

/// <summary>Work on many bytes or references, in chunks with a look for interrupts before each.</summary>
/// <remarks>
/// Without a store nothing is looked at: what the host asks for itself is not interrupted. An interrupted operation
/// leaves the chunks before it done; whoever may not show those undoes them.
/// </remarks>
internal static unsafe class ChunkedWork
{
    /// <summary>Some ten microseconds' worth of writing to pages that are there.</summary>
    internal const uint ChunkBytes = 256 * 1024;

    internal const int ChunkElements = 16 * 1024;

    public static void Fill(Store? store, byte* start, ulong count, byte value)
    {
        do
        {
            store?.ThrowIfInterrupted();
            uint bytes = (uint)Math.Min(ChunkBytes, count);
            new Span<byte>(start, (int)bytes).Fill(value);
            start += bytes;
            count -= bytes;
        }
        while (count > 0);
    }

    /// <summary>Copies between ranges that may overlap.</summary>
    public static void Copy(Store? store, byte* from, byte* to, ulong count)
    {
        // Chunks overlap like the whole does, so they are moved from the end when the destination is the higher range.
        bool isBackward = to > from;
        do
        {
            store?.ThrowIfInterrupted();
            uint bytes = (uint)Math.Min(ChunkBytes, count);
            count -= bytes;
            ulong start = isBackward ? count : 0;
            Buffer.MemoryCopy(from + start, to + start, bytes, bytes);
            from += isBackward ? 0 : bytes;
            to += isBackward ? 0 : bytes;
        }
        while (count > 0);
    }

    public static void Fill(Store? store, Span<object?> range, object? value)
    {
        do
        {
            store?.ThrowIfInterrupted();
            int elements = Math.Min(ChunkElements, range.Length);
            range[..elements].Fill(value);
            range = range[elements..];
        }
        while (range.Length > 0);
    }

    /// <summary>Copies between ranges of one table or array, or two, which may overlap.</summary>
    /// <typeparam name="T">What is copied.</typeparam>
    /// <param name="store">Whose interrupts are looked at.</param>
    /// <param name="from">As long as <paramref name="to"/>.</param>
    /// <param name="to">Where to.</param>
    /// <param name="isBackward">Whether <paramref name="to"/> is the higher range of the same.</param>
    public static void Copy<T>(Store? store, ReadOnlySpan<T> from, Span<T> to, bool isBackward)
    {
        do
        {
            store?.ThrowIfInterrupted();
            int elements = Math.Min(ChunkElements, from.Length);
            Range chunk = isBackward ? ^elements.. : ..elements;
            Range rest = isBackward ? ..^elements : elements..;
            from[chunk].CopyTo(to[chunk]);
            from = from[rest];
            to = to[rest];
        }
        while (from.Length > 0);
    }
}

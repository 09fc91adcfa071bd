using System.Buffers;

namespace Plugins.Wasm.Runtime.Memories;

/// <summary>A memory's contents while nobody uses it: how they differ from an image, or from zero.</summary>
internal sealed unsafe class PackedMemory
{
    /// <summary>The grain of what differs.</summary>
    private const int ChunkBytes = 64;

    /// <summary>The most that may differ, so that a call which comes meanwhile need not wait for long.</summary>
    private const int MostChunks = 1_024;

    private readonly MemoryImage? _image;
    private readonly uint[] _places;
    private readonly byte[] _bytes;

    private PackedMemory(MemoryImage? image, ReadOnlySpan<uint> places, ReadOnlySpan<byte> bytes)
    {
        _image = image;
        _places = places.ToArray();
        _bytes = bytes.ToArray();
    }

    /// <summary>Bytes that are not those of the image.</summary>
    public int ByteLength => _bytes.Length;

    /// <summary>Packs a memory, which stays as it is; null where too much differs.</summary>
    /// <param name="memory">The memory; what it has beyond the image is compared with zero.</param>
    /// <param name="image">What most of it is likely to be.</param>
    /// <param name="contents">Where it may not be zero, in ascending order, in whole grains of an image.</param>
    public static PackedMemory? TryPack(LinearMemory memory, MemoryImage? image, List<MemoryRun> contents)
    {
        // More than half would be no gain to speak of.
        long mostBytes = contents.Sum(run => (long)(run.End - run.Start)) / 2;
        int most = (int)Math.Min(MostChunks, mostBytes / ChunkBytes);
        uint[] places = ArrayPool<uint>.Shared.Rent(MostChunks);
        byte[] bytes = ArrayPool<byte>.Shared.Rent(MostChunks * ChunkBytes);
        try
        {
            var difference = new Difference(memory, most, places, bytes);
            return Compare(ref difference, image, contents)
                ? new PackedMemory(image, difference.Places, difference.Bytes)
                : null;
        }
        finally
        {
            ArrayPool<uint>.Shared.Return(places);
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    /// <summary>Writes the contents into a memory that is zero.</summary>
    public void Unpack(LinearMemory memory)
    {
        _image?.CopyTo(memory);
        for (int i = 0; i < _places.Length; i++)
        {
            byte* chunk = memory.Base + ((ulong)_places[i] * ChunkBytes);
            _bytes.AsSpan(i * ChunkBytes, ChunkBytes).CopyTo(new Span<byte>(chunk, ChunkBytes));
        }
    }

    private static bool Compare(ref Difference difference, MemoryImage? image, List<MemoryRun> contents)
    {
        MemoryRun[] runs = image?.Runs ?? [];
        int offset = 0;
        foreach (MemoryRun run in runs)
        {
            if (!difference.TryAdd(run.Start, image!.Bytes.Slice(offset, run.Length)))
            {
                return false;
            }

            offset += run.Length;
        }

        int next = 0;
        foreach (MemoryRun run in contents)
        {
            for (ulong start = run.Start; start < run.End; start += MemoryImage.GrainBytes)
            {
                while (next < runs.Length && runs[next].End <= start)
                {
                    next++;
                }

                bool isOfImage = next < runs.Length && runs[next].Start <= start;
                if (!isOfImage && !difference.TryAddWhatIsNotZero(start, MemoryImage.GrainBytes))
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>Chunks that differ, as far as there is room for them.</summary>
    private ref struct Difference(LinearMemory memory, int most, uint[] places, byte[] bytes)
    {
        private int _count;

        public readonly ReadOnlySpan<uint> Places => places.AsSpan(0, _count);

        public readonly ReadOnlySpan<byte> Bytes => bytes.AsSpan(0, _count * ChunkBytes);

        public bool TryAdd(ulong start, ReadOnlySpan<byte> expected)
        {
            var actual = new ReadOnlySpan<byte>(memory.Base + start, expected.Length);
            for (int at = 0; at < actual.Length; at += ChunkBytes)
            {
                at += actual[at..].CommonPrefixLength(expected[at..]) / ChunkBytes * ChunkBytes;
                if (at < actual.Length && !TryAddChunk(start + (ulong)at))
                {
                    return false;
                }
            }

            return true;
        }

        public bool TryAddWhatIsNotZero(ulong start, int length)
        {
            var actual = new ReadOnlySpan<byte>(memory.Base + start, length);
            for (int at = 0; at < actual.Length; at += ChunkBytes)
            {
                int next = actual[at..].IndexOfAnyExcept((byte)0);
                if (next < 0)
                {
                    return true;
                }

                at += next / ChunkBytes * ChunkBytes;
                if (!TryAddChunk(start + (ulong)at))
                {
                    return false;
                }
            }

            return true;
        }

        private bool TryAddChunk(ulong start)
        {
            if (_count == most)
            {
                return false;
            }

            places[_count] = (uint)(start / ChunkBytes);
            new ReadOnlySpan<byte>(memory.Base + start, ChunkBytes).CopyTo(bytes.AsSpan(_count * ChunkBytes));
            _count++;
            return true;
        }
    }
}

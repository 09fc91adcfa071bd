namespace Plugins.Wasm.Runtime.Memories;

/// <summary>The contents of a memory, without the pages that are zero.</summary>
internal sealed unsafe class MemoryImage
{
    /// <summary>The grain of an image, which is that of most systems' pages.</summary>
    internal const int GrainBytes = 4_096;

    /// <summary>Zeros that are kept where contents follow, since every run costs something too.</summary>
    private const int BridgedGrains = 3;

    /// <summary>What restoring leaves in memory besides the image, because it was there, at the most.</summary>
    private const ulong KeptBytes = 4 << 20;

    private readonly byte[] _bytes;
    private readonly ulong _length;

    private MemoryImage(byte[] bytes, MemoryRun[] runs, ulong length)
    {
        _bytes = bytes;
        Runs = runs;
        _length = length;
    }

    /// <summary>Where its contents are, in ascending order, in whole grains.</summary>
    public MemoryRun[] Runs { get; }

    /// <summary>The contents, run after run.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Bytes of contents, which is what restoring copies.</summary>
    public int ByteLength => _bytes.Length;

    /// <exception cref="OutOfMemoryException">There are more than 2 GiB of contents.</exception>
    public static MemoryImage Capture(LinearMemory memory)
    {
        List<MemoryRun>? contents = memory.FindContents(ulong.MaxValue);
        List<MemoryRun> runs = FindRuns(memory, contents ?? [new MemoryRun(0, memory.Length)]);
        byte[] bytes = new byte[runs.Sum(run => (long)run.Length)];
        int offset = 0;
        foreach (MemoryRun run in runs)
        {
            new ReadOnlySpan<byte>(memory.Base + run.Start, run.Length).CopyTo(bytes.AsSpan(offset));
            offset += run.Length;
        }

        var image = new MemoryImage(bytes, [.. runs], memory.Length);
        if (contents is null)
        {
            // Where nobody tells which pages have contents, one that was only read is in memory, too.
            image.Restore(memory, mayKeep: 0);
        }

        return image;
    }

    public bool IsLike(MemoryImage other) =>
        _length == other._length && Runs.AsSpan().SequenceEqual(other.Runs) && Bytes.SequenceEqual(other.Bytes);

    /// <summary>Whether a memory of that length can have begun as this.</summary>
    public bool FitsInto(ulong length) => _length <= length;

    /// <summary>Writes the contents into a memory that is zero.</summary>
    public void CopyTo(LinearMemory memory)
    {
        int offset = 0;
        foreach (MemoryRun run in Runs)
        {
            _bytes.AsSpan(offset, run.Length).CopyTo(new Span<byte>(memory.Base + run.Start, run.Length));
            offset += run.Length;
        }
    }

    public void Restore(LinearMemory memory) => Restore(memory, KeptBytes);

    private void Restore(LinearMemory memory, ulong mayKeep)
    {
        if (memory.Length < _length)
        {
            // A fresh instance of a module that grows its memory while it initialises.
            memory.GrowBack(_length - memory.Length);
        }

        ulong restored = 0;
        int offset = 0;
        foreach (MemoryRun run in Runs)
        {
            memory.Zero(restored, run.Start - restored, ref mayKeep);
            _bytes.AsSpan(offset, run.Length).CopyTo(new Span<byte>(memory.Base + run.Start, run.Length));
            restored = run.End;
            offset += run.Length;
        }

        memory.Zero(restored, _length - restored, ref mayKeep);
        memory.ShrinkTo(_length, ref mayKeep);
    }

    private static List<MemoryRun> FindRuns(LinearMemory memory, List<MemoryRun> contents)
    {
        List<MemoryRun> runs = [];
        foreach (MemoryRun content in contents)
        {
            for (ulong start = content.Start; start < content.End; start += GrainBytes)
            {
                ulong end = Math.Min(start + GrainBytes, content.End);
                if (new ReadOnlySpan<byte>(memory.Base + start, (int)(end - start)).ContainsAnyExcept((byte)0))
                {
                    Add(runs, new MemoryRun(start, end));
                }
            }
        }

        return runs;
    }

    private static void Add(List<MemoryRun> runs, MemoryRun grain)
    {
        MemoryRun last = runs.Count > 0 ? runs[^1] : default;
        if (runs.Count > 0
            && grain.Start - last.End <= BridgedGrains * GrainBytes
            && grain.End - last.Start <= int.MaxValue)
        {
            runs[^1] = last with { End = grain.End };
        }
        else
        {
            runs.Add(grain);
        }
    }
}

namespace Plugins.Wasm.Runtime;

/// <summary>The contents of a memory, without the pages that are zero.</summary>
internal sealed unsafe class MemoryImage
{
    /// <summary>The grain of an image, which is that of most systems' pages.</summary>
    private const int GrainBytes = 4_096;

    /// <summary>Zeros that are kept where contents follow, since every run costs something too.</summary>
    private const int BridgedGrains = 3;

    /// <summary>What restoring leaves in memory besides the image, because it was there, at the most.</summary>
    private const ulong KeptBytes = 4 << 20;

    private readonly byte[] _bytes;
    private readonly Run[] _runs;
    private readonly ulong _length;

    private MemoryImage(byte[] bytes, Run[] runs, ulong length)
    {
        _bytes = bytes;
        _runs = runs;
        _length = length;
    }

    /// <summary>Bytes of contents, which is what restoring copies.</summary>
    public int ByteLength => _bytes.Length;

    /// <exception cref="OutOfMemoryException">There are more than 2 GiB of contents.</exception>
    public static MemoryImage Capture(LinearMemory memory)
    {
        List<Run> runs = FindRuns(memory);
        byte[] bytes = new byte[runs.Sum(run => (long)run.Length)];
        int offset = 0;
        foreach (Run run in runs)
        {
            new ReadOnlySpan<byte>(memory.Base + run.Start, run.Length).CopyTo(bytes.AsSpan(offset));
            offset += run.Length;
        }

        var image = new MemoryImage(bytes, [.. runs], memory.Length);

        // To the system a page that was only read is in memory, as one that was written is.
        image.Restore(memory, mayKeep: 0);
        return image;
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
        foreach (Run run in _runs)
        {
            memory.Zero(restored, run.Start - restored, ref mayKeep);
            _bytes.AsSpan(offset, run.Length).CopyTo(new Span<byte>(memory.Base + run.Start, run.Length));
            restored = run.Start + (ulong)run.Length;
            offset += run.Length;
        }

        memory.Zero(restored, _length - restored, ref mayKeep);
        memory.ShrinkTo(_length, ref mayKeep);
    }

    private static List<Run> FindRuns(LinearMemory memory)
    {
        List<Run> runs = [];
        for (ulong start = 0; start < memory.Length; start += GrainBytes)
        {
            int grain = (int)Math.Min(GrainBytes, memory.Length - start);
            if (!new ReadOnlySpan<byte>(memory.Base + start, grain).ContainsAnyExcept((byte)0))
            {
                continue;
            }

            Run last = runs.Count > 0 ? runs[^1] : default;
            ulong length = start + (ulong)grain - last.Start;
            ulong gap = start - last.Start - (ulong)last.Length;
            if (runs.Count > 0 && gap <= BridgedGrains * GrainBytes && length <= int.MaxValue)
            {
                runs[^1] = last with { Length = (int)length };
            }
            else
            {
                runs.Add(new Run(start, grain));
            }
        }

        return runs;
    }

    private readonly record struct Run(ulong Start, int Length);
}

using System.Numerics;

namespace Plugins.Cli.Benchmarking;

/// <summary>Counts durations in buckets of 1/64 of their size, so that any number of them takes 32 KiB.</summary>
internal sealed class LatencyHistogram
{
    private const int SubBuckets = 64;
    private const int SubBits = 6;

    private readonly long[] _buckets = new long[SubBuckets * (64 - SubBits)];
    private long _count;

    internal long Count => _count;

    internal long Maximum { get; private set; }

    internal void Add(long nanoseconds)
    {
        nanoseconds = Math.Max(0, nanoseconds);
        _buckets[IndexOf(nanoseconds)]++;
        _count++;
        Maximum = Math.Max(Maximum, nanoseconds);
    }

    internal void Add(LatencyHistogram other)
    {
        for (var index = 0; index < _buckets.Length; index++)
        {
            _buckets[index] += other._buckets[index];
        }

        _count += other._count;
        Maximum = Math.Max(Maximum, other.Maximum);
    }

    /// <summary>The duration that this share of all did not exceed, to within 1/64 of it; 0 of none.</summary>
    internal long Percentile(double share)
    {
        var rank = (long)Math.Ceiling(share * _count);
        for (var index = 0; index < _buckets.Length; index++)
        {
            rank -= _buckets[index];
            if (rank <= 0 && _count > 0)
            {
                return Math.Min(UpperBoundOf(index), Maximum);
            }
        }

        return Maximum;
    }

    private static int IndexOf(long value)
    {
        var shift = Math.Max(0, 63 - BitOperations.LeadingZeroCount((ulong)value) - SubBits);
        return (shift * SubBuckets) + (int)(value >> shift);
    }

    // From 64 on, indices of a power of two are those of its upper half, so that the first one counts for two.
    private static long UpperBoundOf(int index)
    {
        var shift = Math.Max(0, (index / SubBuckets) - 1);
        return (((long)(index - (shift * SubBuckets)) + 1) << shift) - 1;
    }
}

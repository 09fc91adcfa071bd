using System.Diagnostics;

namespace Plugins.Benchmarks.Comparing;

/// <summary>Measures one thing in one process; the script takes turns between processes.</summary>
internal static class Stint
{
    private const int Batches = 5;
    private static readonly TimeSpan s_warmUp = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_batch = TimeSpan.FromMilliseconds(30);

    /// <summary>The median of batches, for one of the operations that a run does.</summary>
    internal static double Nanoseconds(Action run, int operations = 1)
    {
        int runs = 0;
        long start = Stopwatch.GetTimestamp();
        for (; Stopwatch.GetElapsedTime(start) < s_warmUp; runs++)
        {
            run();
        }

        // Later runs are faster than the first, so this is rather more than a batch.
        runs = (int)Math.Max(1, runs * (s_batch / Stopwatch.GetElapsedTime(start)));
        var times = new double[Batches];
        for (int i = 0; i < Batches; i++)
        {
            times[i] = Time(run, runs) / operations;
        }

        Array.Sort(times);
        return times[Batches / 2];
    }

    private static double Time(Action run, int runs)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < runs; i++)
        {
            run();
        }

        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / runs;
    }
}

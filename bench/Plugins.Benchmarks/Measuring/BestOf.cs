using System.Diagnostics;

namespace Plugins.Benchmarks.Measuring;

/// <summary>
/// The shortest time of each candidate, in short turns: what else runs on a machine only ever adds time.
/// </summary>
internal static class BestOf
{
    private const int Rounds = 300;
    private static readonly TimeSpan s_warmUp = TimeSpan.FromMilliseconds(800);

    // Shorter than the turns that an operating system gives.
    private static readonly TimeSpan s_batch = TimeSpan.FromMilliseconds(1);

    /// <summary>Nanoseconds of one operation of each.</summary>
    public static double[] Run(params Candidate[] candidates)
    {
        int[] runs = [.. candidates.Select(WarmUp)];
        double[] best = [.. candidates.Select(_ => double.MaxValue)];
        for (int round = 0; round < Rounds; round++)
        {
            for (int i = 0; i < candidates.Length; i++)
            {
                best[i] = Math.Min(best[i], Measure(candidates[i], runs[i]));
            }
        }

        return best;
    }

    private static int WarmUp(Candidate candidate)
    {
        long start = Stopwatch.GetTimestamp();
        double nanoseconds;
        do
        {
            nanoseconds = Measure(candidate, runs: 16);
        }
        while (Stopwatch.GetElapsedTime(start) < s_warmUp);
        return Math.Max(1, (int)(s_batch.TotalNanoseconds / (nanoseconds * candidate.Operations)));
    }

    private static double Measure(Candidate candidate, int runs)
    {
        long start = Stopwatch.GetTimestamp();
        for (int run = 0; run < runs; run++)
        {
            candidate.Run();
        }

        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / runs / candidate.Operations;
    }
}

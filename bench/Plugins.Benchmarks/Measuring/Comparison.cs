using System.Diagnostics;

namespace Plugins.Benchmarks.Measuring;

/// <summary>
/// Measures the candidates of a question in turns, so that a slow moment of the machine hits all alike.
/// </summary>
internal sealed class Comparison
{
    private const int Rounds = 11;
    private static readonly TimeSpan s_warmUp = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan s_batch = TimeSpan.FromMilliseconds(30);

    private readonly List<Candidate> _candidates;
    private readonly int[] _runs;
    private readonly double[][] _nanoseconds;
    private readonly double[] _bytes;

    private Comparison(Question question)
    {
        _candidates = [question.Baseline, .. question.Candidates];
        _runs = [.. _candidates.Select(WarmUp)];
        _nanoseconds = [.. _candidates.Select(_ => new double[Rounds])];
        _bytes = new double[_candidates.Count];
    }

    /// <summary>The baseline's measurement, then those of the candidates in order.</summary>
    public static Measurement[] Run(Question question)
    {
        var comparison = new Comparison(question);
        for (int round = 0; round < Rounds; round++)
        {
            comparison.Measure(round);
        }

        return [.. Enumerable.Range(0, comparison._candidates.Count).Select(comparison.Summarize)];
    }

    /// <summary>Runs it until it is compiled for good, and says how many runs make a batch.</summary>
    private static int WarmUp(Candidate candidate)
    {
        int runs = 0;
        long start = Stopwatch.GetTimestamp();
        do
        {
            candidate.Run();
            runs++;
        }
        while (Stopwatch.GetElapsedTime(start) < s_warmUp);

        // The first ones were slow, so the length of a batch is found with warm code.
        start = Stopwatch.GetTimestamp();
        int timed = Math.Max(1, runs / 20);
        for (int i = 0; i < timed; i++)
        {
            candidate.Run();
        }

        return (int)Math.Max(1, timed * (s_batch / Stopwatch.GetElapsedTime(start)));
    }

    private void Measure(int round)
    {
        for (int i = 0; i < _candidates.Count; i++)
        {
            Action run = _candidates[i].Run;
            double operations = (double)_runs[i] * _candidates[i].Operations;
            long allocated = GC.GetAllocatedBytesForCurrentThread();
            long start = Stopwatch.GetTimestamp();
            for (int n = _runs[i]; n > 0; n--)
            {
                run();
            }

            _nanoseconds[i][round] = Stopwatch.GetElapsedTime(start).TotalNanoseconds / operations;
            _bytes[i] = (GC.GetAllocatedBytesForCurrentThread() - allocated) / operations;
        }
    }

    private Measurement Summarize(int candidate) => new(
        Median(_nanoseconds[candidate]),
        Median(_nanoseconds[candidate].Zip(_nanoseconds[0], (time, baseline) => time / baseline)),
        _bytes[candidate]);

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);
}

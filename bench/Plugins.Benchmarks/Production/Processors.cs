using System.Diagnostics;
using System.Globalization;
using Plugins.Benchmarks.Guests;
using Plugins.Benchmarks.Samples;
using Plugins.Host.Engines;

namespace Plugins.Benchmarks.Production;

/// <summary>Do calls of one plugin hold each other up?</summary>
internal static class Processors
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(1);

    public static string Compare(IPluginEngine engine)
    {
        LanguageCase sample = LanguageCase.All.First();
        using var guest = new GuestPlugin(
            GuestFile.Example("Rust", sample.Function), engine, meters: true, sample.Function);
        Run(guest, sample, threads: 1);
        var ratios = new double[5];
        for (var round = 0; round < ratios.Length; round++)
        {
            ratios[round] = (double)Run(guest, sample, threads: 2) / Run(guest, sample, threads: 1);
        }

        Array.Sort(ratios);
        return ratios[ratios.Length / 2].ToString("0.00", CultureInfo.InvariantCulture);
    }

    private static long Run(GuestPlugin guest, LanguageCase sample, int threads)
    {
        long calls = 0;
        var until = Stopwatch.GetTimestamp() + (long)(Duration.TotalSeconds * Stopwatch.Frequency);
        Thread[] callers = [.. Enumerable.Range(0, threads).Select(_ => new Thread(Call))];
        Array.ForEach(callers, caller => caller.Start());
        Array.ForEach(callers, caller => caller.Join());
        return calls;

        void Call()
        {
            long made = 0;
            for (; Stopwatch.GetTimestamp() < until; made++)
            {
                guest.Plugin.Call(sample.Function, sample.Input);
            }

            Interlocked.Add(ref calls, made);
        }
    }
}

using System.Diagnostics;
using System.Globalization;
using Plugins.Benchmarks.Guests;

namespace Plugins.Benchmarks.Real;

/// <summary>What <c>bench/real.sh</c> measures in one process of one setting, line by line.</summary>
internal sealed class RealRun(Setting setting, TextWriter output)
{
    private const int WarmRounds = 5;

    /// <summary>A function of a module of our own, from a number to a number.</summary>
    internal void Program(string measure, string file, string export, int argument, int repetitions)
    {
        using IRealGuest guest = Start(File.ReadAllBytes(file));
        Time(measure, () => BitConverter.UInt64BitsToDouble(guest.Call(export, [argument])), repetitions);
    }

    /// <summary>From bytes to a first result, in a process that has run nothing else.</summary>
    internal void Cold(Recipe recipe, string? cache)
    {
        byte[] module = File.ReadAllBytes(recipe.File);
        string[] names = ["compile", "instantiate", "call", "total", "processor"];
        double[] times = FirstResult(recipe, module, cache);
        for (int i = 0; i < names.Length; i++)
        {
            Print($"module/{recipe.Name}/cold-{names[i]}", times[i] * 1e6);
        }

        Print($"module/{recipe.Name}/peak", PeakMemory.Bytes());
    }

    /// <summary>The same in a process that has done it before, with bytes that it has never seen.</summary>
    internal void Warm(Recipe recipe, string? cache)
    {
        byte[] module = File.ReadAllBytes(recipe.File);
        byte[] sample = SampleModule.OfSize(20_000);
        var rounds = new List<double[]>();
        var clock = Stopwatch.StartNew();
        for (int i = 0; i < WarmRounds && (i < 2 || clock.Elapsed < TimeSpan.FromSeconds(20)); i++)
        {
            byte[] unseen = [.. module, 0, 2, 1, (byte)i];
            double validate = Worked(() => Validate(unseen));
            rounds.Add([validate, .. FirstResult(recipe, unseen, cache)]);
            Validate(sample);
        }

        string[] names = ["validate", "compile", "instantiate", "call", "total", "processor"];
        for (int i = 0; i < names.Length; i++)
        {
            Print($"module/{recipe.Name}/warm-{names[i]}", rounds.Skip(1).Min(round => round[i]) * 1e6);
        }
    }

    /// <summary>Work in a module that has started.</summary>
    internal void Work(Recipe recipe, int repetitions)
    {
        foreach (Workload work in recipe.Work)
        {
            using IRealGuest guest = Start(File.ReadAllBytes(recipe.File));
            var steps = new Steps(guest, recipe);
            steps.Run(recipe.First);
            steps.Run(work.Setup);
            Time($"work/{recipe.Name}-{work.Name}", () => Result(steps, work), repetitions);
        }
    }

    private static double Result(Steps steps, Workload work)
    {
        steps.Run(work.Measure);
        ulong bits = steps.Run(work.Result);
        return work.IsDouble ? BitConverter.UInt64BitsToDouble(bits) : (int)bits;
    }

    /// <summary>Milliseconds of processor time.</summary>
    private static double Worked(Action action)
    {
        long start = ProcessorTime.Process;
        action();
        return (ProcessorTime.Process - start) / 1e6;
    }

    private void Validate(byte[] module)
    {
        using IRealGuest guest = setting.NewGuest();
        guest.Validate(module);
    }

    private double[] FirstResult(Recipe recipe, byte[] module, string? cache)
    {
        long start = Stopwatch.GetTimestamp();
        IRealGuest? guest = null;
        try
        {
            double compile = Worked(() =>
            {
                guest = setting.NewGuest(cache);
                guest.Compile(module);
            });
            TimeSpan total = Stopwatch.GetElapsedTime(start);
            guest!.MakeImports();
            start = Stopwatch.GetTimestamp();
            double instantiate = Worked(guest.Instantiate);
            double call = Worked(() => new Steps(guest, recipe).Run(recipe.First));
            total += Stopwatch.GetElapsedTime(start);
            return [compile, instantiate, call, total.TotalMilliseconds, compile + instantiate + call];
        }
        finally
        {
            guest?.Dispose();
        }
    }

    private IRealGuest Start(byte[] module)
    {
        IRealGuest guest = setting.NewGuest();
        guest.Compile(module);
        guest.MakeImports();
        guest.Instantiate();
        return guest;
    }

    private void Time(string measure, Func<double> run, int repetitions)
    {
        long start = ProcessorTime.Thread;
        double result = run();
        long first = ProcessorTime.Thread - start;
        while (ProcessorTime.Thread - start < setting.Settling.TotalNanoseconds)
        {
            run();
        }

        var times = new long[repetitions];
        for (int i = 0; i < repetitions; i++)
        {
            start = ProcessorTime.Thread;
            result = run();
            times[i] = ProcessorTime.Thread - start;
        }

        Print(measure, times.Min(), result);
        Print(measure + "/first", first, result);
    }

    private void Print(string measure, double value, double? result = null) => output.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{setting.Name} {measure} {value:F0} {(result is double x ? $"{x:R}" : "-")}"));
}

using System.Diagnostics;
using Plugins.Wasm.Diagnostics;

namespace Plugins.Wasm.Tests.Emit.Support;

/// <summary>Searches what takes the runtime's compiler longest of all that the engine gives it.</summary>
internal static class CompilerSearch
{
    private const int Tries = 3;
    private const int Attempts = 10;

    // A usual function takes some 10 ms, what the engine gives the compiler up to 20 times as much, and what it does
    // not give it more than 200 times.
    private const int MaximumRatio = 40;
    private const int MaximumPeakMiB = 512;

    private static readonly int[] s_sizes = [64, 250, 500, 1_000, 2_000];

    // From time to time it begins anew, somewhere else.
    private const int Steps = 64;

    /// <summary>Prints the worst of each tier; what it returns is the exit code.</summary>
    /// <param name="from">The number of the first function, from which it follows.</param>
    /// <param name="count">How many.</param>
    public static int Run(int from, int count)
    {
        Dictionary<CompilationTier, CompilationCost> worst = [];
        CompilationCost best = default;
        for (int number = from; number < from + count; number++)
        {
            // By turns: what is not optimised may be larger, so that it alone would be found.
            var tier = (CompilationTier)(number / Steps % 2);
            var random = new Random(number);
            best = number % Steps == 0 ? default : best;
            CompilerInput input = best.Input?.Mutate(random) ?? CompilerInput.Random(random);
            CompilationCost cost = Measure(input, tier, unlessBelow: best.Time);
            if (cost.Tier != tier || cost.Time <= best.Time)
            {
                continue;
            }

            best = cost;
            if (!worst.TryGetValue(tier, out CompilationCost last) || cost.Time > last.Time)
            {
                worst[tier] = cost;
                Console.Out.WriteLine($"{number}: {cost}");
            }
        }

        TimeSpan usual = Measure(CompilerInput.Usual, CompilationTier.Optimized, unlessBelow: default).Time;
        Console.Out.WriteLine(string.Join("; ", worst.Values));
        Console.Out.WriteLine(
            $"a usual function: {usual.TotalMilliseconds:F0} ms; peak of the process: {PeakMiB} MiB");
        return 0;
    }

    /// <summary>
    /// Compiles each shape in a few sizes, and prints them; what it returns is 0 if none took long, nor much memory.
    /// </summary>
    public static int RunEach()
    {
        TimeSpan usual = Measure(CompilerInput.Usual, CompilationTier.Optimized, unlessBelow: default).Time;
        int failures = 0;
        foreach ((string name, _) in CompilerShapes.All)
        {
            foreach (int size in s_sizes)
            {
                CompilationCost cost = MeasureOnce(CompilerInput.Of((name, size)));
                for (int i = 0; i < Attempts && cost.Time > MaximumRatio * usual; i++)
                {
                    cost = MeasureOnce(cost.Input);
                }

                Console.Out.WriteLine(cost);
                failures += cost.Time > MaximumRatio * usual ? 1 : 0;
            }
        }

        Console.Out.WriteLine(
            $"{failures} failures; a usual function: {usual.TotalMilliseconds:F0} ms; peak: {PeakMiB} MiB");
        return failures == 0 && PeakMiB <= MaximumPeakMiB ? 0 : 1;
    }

    /// <summary>The most memory that this process had at a time.</summary>
    public static long PeakMiB
    {
        get
        {
            using var process = Process.GetCurrentProcess();
            return process.PeakWorkingSet64 >> 20;
        }
    }

    /// <summary>The least of a few tries, since others use the processor too.</summary>
    /// <param name="input">What to compile.</param>
    /// <param name="tier">The tier that is asked for; what is compiled in another is not tried again.</param>
    /// <param name="unlessBelow">A time below which there is no need to know better.</param>
    public static CompilationCost Measure(CompilerInput input, CompilationTier tier, TimeSpan unlessBelow)
    {
        CompilationCost least = MeasureOnce(input);
        for (int i = 1; i < Tries && least.Tier == tier && least.Time > unlessBelow; i++)
        {
            CompilationCost cost = MeasureOnce(input);
            least = cost.Time < least.Time ? cost : least;
        }

        return least;
    }

    private static CompilationCost MeasureOnce(CompilerInput input)
    {
        byte[] binary = input.Build();
        TimeSpan began = Environment.CpuUsage.TotalTime;
        Module module;
        try
        {
            module = Module.Compile(binary, new ModuleOptions { Mode = ExecutionMode.Compiled });
        }
        catch (ModuleLimitException limit)
        {
            return new CompilationCost(input, CompilationTier.Interpreted, TimeSpan.Zero, 0, limit.Message);
        }

        TimeSpan time = Environment.CpuUsage.TotalTime - began;
        FunctionReport report = module.Functions[CompilerInput.Victim];
        return new CompilationCost(input, report.Tier, time, report.FrameBytes, report.Reason);
    }
}

using System.Diagnostics;
using System.Globalization;
using Plugins.Wasm;

namespace Plugins.Benchmarks.Kernels;

/// <summary>Runs the C kernels on the embedded engine: a line of name, milliseconds and result for each.</summary>
/// <remarks>
/// The native program and the one for Node print the same, so that <see cref="KernelTable"/> reads all.
/// </remarks>
internal static class KernelRun
{
    /// <param name="arguments">
    /// The module; <c>guarded</c>, <c>fuel</c> or <c>canonical</c>, which has canonical NaNs; repetitions, then
    /// <c>name=argument</c>…
    /// </param>
    /// <param name="output">Takes the lines.</param>
    public static void Run(ReadOnlySpan<string> arguments, TextWriter output)
    {
        byte[] binary = File.ReadAllBytes(arguments[0]);
        bool meters = arguments[1] == "fuel";
        int repetitions = int.Parse(arguments[2], CultureInfo.InvariantCulture);
        using var store = new Store { FuelRemaining = long.MaxValue };
        Instance instance = Load(store, binary, new ModuleOptions
        {
            MeterFuel = meters, CanonicalizesNaNs = arguments[1] == "canonical",
        });
        foreach (string kernel in arguments[3..])
        {
            string[] parts = kernel.Split('=');
            int size = int.Parse(parts[1], CultureInfo.InvariantCulture);
            var run = instance.GetFunction("run_" + parts[0]).CreateDelegate<Func<int, double>>();
            (double milliseconds, double result) = Measure(() => run(size), repetitions);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{parts[0]} {milliseconds:F3} {result:R}"));
        }
    }

    internal static Instance Load(Store store, byte[] binary, ModuleOptions options)
    {
        Imports imports = new Imports()
            .Add("env", "h0", () => { })
            .Add("env", "h2", (int a, int b) => a + b);
        return new Instance(store, Module.Compile(binary, options), imports);
    }

    internal static (double Milliseconds, double Result) Measure(Func<double> run, int repetitions)
    {
        var times = new double[repetitions];
        double result = run();
        for (int i = 0; i < repetitions; i++)
        {
            long start = Stopwatch.GetTimestamp();
            result = run();
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        Array.Sort(times);
        return (times[repetitions / 2], result);
    }
}

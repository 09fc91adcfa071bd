using System.Globalization;
using Plugins.Benchmarks.Kernels;
using Plugins.Host.Engines;
using Plugins.Host.Wasmtime;

namespace Plugins.Benchmarks.Comparing;

/// <summary>Everything <c>bench/compare.sh</c> measures of one engine in one setting, line by line.</summary>
/// <remarks>A line is the name of a measure, nanoseconds, and the result, which must be the same for all.</remarks>
internal static class Contender
{
    /// <param name="name">The engine and its setting.</param>
    /// <param name="kernels">The kernels' module, repetitions, then <c>name=argument</c>…</param>
    /// <param name="output">Takes the lines.</param>
    internal static void Run(string name, string[] kernels, TextWriter output)
    {
        switch (name)
        {
            case "native":
                MeasureBaselines(output);
                break;
            case "guards" or "fuel":
                MeasureEngine(new EmbeddedGuest(meters: name == "fuel"), kernels, output);
                MeasureHost(EmbeddedEngine.Instance, meters: name == "fuel", output);
                break;
            default:
                MeasureWasmtime(name, kernels, output);
                break;
        }
    }

    private static void MeasureWasmtime(string name, string[] kernels, TextWriter output)
    {
        bool meters = name.EndsWith("fuel", StringComparison.Ordinal);
        using (var guest = new WasmtimeGuest(epochs: name != "wasmtime", meters))
        {
            MeasureEngine(guest, kernels, output);
        }

        // The host never runs guests that it could not interrupt.
        if (name != "wasmtime")
        {
            var options = new WasmtimeEngineOptions { LibraryPath = WasmtimeGuest.LibraryPath };
            using var engine = new WasmtimeEngine(options);
            MeasureHost(engine, meters, output);
        }
    }

    private static void MeasureEngine(IRawGuest guest, string[] kernels, TextWriter output)
    {
        MeasureKernels(guest, kernels, output);
        Print(output, "call", Stint.Nanoseconds(guest.CallMany, operations: IRawGuest.Calls));
        Print(output, "host-call", Stint.Nanoseconds(guest.CallHostMany, operations: IRawGuest.Calls));
        Print(output, "instance", Stint.Nanoseconds(guest.Instantiate));
    }

    private static void MeasureKernels(IRawGuest guest, string[] kernels, TextWriter output)
    {
        int repetitions = int.Parse(kernels[1], CultureInfo.InvariantCulture);
        Func<string, int, double> run = guest.LoadKernels(File.ReadAllBytes(kernels[0]));
        foreach (string kernel in kernels[2..])
        {
            string[] parts = kernel.Split('=');
            int size = int.Parse(parts[1], CultureInfo.InvariantCulture);
            (double milliseconds, double result) = KernelRun.Measure(() => run("run_" + parts[0], size), repetitions);
            Print(output, parts[0], milliseconds * 1e6, result.ToString("R", CultureInfo.InvariantCulture));
        }
    }

    private static void MeasureHost(IPluginEngine engine, bool meters, TextWriter output)
    {
        using var plugins = new HostedGuests(engine, meters);
        Print(output, "session", Stint.Nanoseconds(plugins.CallInSession));
        Print(output, "fresh", Stint.Nanoseconds(plugins.CallWithFreshState));
        foreach (int bytes in HostedGuests.EchoSizes)
        {
            Print(output, $"echo-{bytes}", Stint.Nanoseconds(plugins.Echo(bytes)));
        }
    }

    private static void MeasureBaselines(TextWriter output)
    {
        foreach (int bytes in HostedGuests.EchoSizes)
        {
            byte[] input = new byte[bytes], inside = new byte[bytes], result = new byte[bytes];
            Print(output, $"echo-{bytes}", Stint.Nanoseconds(() =>
            {
                input.CopyTo(inside.AsSpan());
                inside.CopyTo(result.AsSpan());
            }));
        }
    }

    private static void Print(TextWriter output, string measure, double nanoseconds, string result = "-") =>
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{measure} {nanoseconds:F2} {result}"));
}

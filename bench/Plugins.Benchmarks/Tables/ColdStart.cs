using System.Diagnostics;
using System.Globalization;
using Plugins.Benchmarks.Guests;
using Plugins.Benchmarks.Questions;

namespace Plugins.Benchmarks.Tables;

/// <summary>
/// From bytes to a first result in a process that has loaded nothing yet: each measurement is a new process.
/// </summary>
internal static class ColdStart
{
    private const int Rounds = 5;

    public static void Write(TextWriter output)
    {
        foreach (int kilobytes in new[] { 20, 200 })
        {
            foreach ((string function, string name) in new[] { ("few", "1 function in 16"), ("all", "every function") })
            {
                double[] times = [.. Enumerable.Range(0, Rounds).Select(_ => Start(kilobytes, function)).Order()];
                string title = function == "few" ? $"Bytes of {kilobytes} KB to a first result, new process" : "";
                string time = DurationText.Of(times[Rounds / 2] * 1e6);
                output.WriteLine($"| {title} | first result, {name} | {time} | | | | |");
            }
        }
    }

    /// <summary>What the new process does: prints the milliseconds from the first use of the engine on.</summary>
    public static void Run(int kilobytes, string function, TextWriter output)
    {
        byte[] module = SampleModule.OfSize(kilobytes * 1_000);
        long start = Stopwatch.GetTimestamp();
        FirstResultBenchmarks.Run(module, function);
        double elapsed = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        output.WriteLine(elapsed.ToString("R", CultureInfo.InvariantCulture));
    }

    private static double Start(int kilobytes, string function)
    {
        string size = kilobytes.ToString(CultureInfo.InvariantCulture);
        string[] arguments = [typeof(ColdStart).Assembly.Location, "first-result", size, function];
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using Process process = Process.Start(start) ?? throw new InvalidOperationException("dotnet does not start.");
        string text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return double.Parse(text, CultureInfo.InvariantCulture);
    }
}

using Plugins.Host.Engines;
using Plugins.Host.Wasmtime;

namespace Plugins.Benchmarks.Production;

/// <summary>What a service asks of its plugins besides a fast call, on both engines.</summary>
internal static class ProductionTable
{
    /// <summary>Measures the rows whose first column has one of the words in it; all where there are none.</summary>
    public static void Write(string[] words, TextWriter output)
    {
        using var wasmtime = new WasmtimeEngine();
        output.WriteLine("| what | embedded | Wasmtime | target |");
        output.WriteLine("| --- | ---: | ---: | --- |");
        Row("fresh state, one page", IsolatedCalls.OnePage, "≤ 0.7 µs");
        Row("fresh state, 17 pages, three of the system's written", IsolatedCalls.SeventeenPages, "≤ 5 µs");
        Row("an asynchronous host function over a synchronous one", AsyncFunctions.Measure, "≤ 5 µs");
        Row("calls by two processors over those by one", Processors.Compare, "≥ 1.8");
        Row("interrupts past the deadline, all processors busy: 95 %; latest", Lateness.Measure, "≤ 10 ms");
        Row("10,000 idle sessions: memory; their next call; the one after", IdleSessions.Measure, "< 100 MB");

        void Row(string what, Func<IPluginEngine, string> measure, string target)
        {
            if (words is [] || words.Any(what.Contains))
            {
                output.WriteLine($"| {what} | {measure(EmbeddedEngine.Instance)} | {measure(wasmtime)} | {target} |");
            }
        }
    }
}

using System.ComponentModel;
using System.Globalization;
using Plugins.Cli.Answers;
using Plugins.Cli.Commands;
using Plugins.Cli.Hosting;
using Plugins.Cli.Terminals;
using Plugins.Manifest.Text;

namespace Plugins.Cli.Benchmarking;

/// <summary>What calls of a function cost.</summary>
internal sealed record BenchAnswer() : Answer("bench")
{
    [Description("The plugin's id.")]
    public required string Plugin { get; init; }

    [Description("The function that was called.")]
    public required string Function { get; init; }

    [Description("The engine and its version.")]
    public required string Engine { get; init; }

    [Description("The length of the input in bytes.")]
    public required int InputBytes { get; init; }

    [Description("The number of concurrent calls.")]
    public required int Parallel { get; init; }

    [Description("The number of calls measured.")]
    public required long Calls { get; init; }

    [Description("Calls per second, over all concurrent calls.")]
    public required double CallsPerSecond { get; init; }

    [Description("Fuel of a call, on average.")]
    public required long FuelPerCall { get; init; }

    [Description("The largest memory that an instance had, in bytes.")]
    public required long MemoryBytes { get; init; }

    [Description("The time within which half of the calls ended, in milliseconds.")]
    public required double P50Ms { get; init; }

    [Description("The time within which 95 % of the calls ended, in milliseconds.")]
    public required double P95Ms { get; init; }

    [Description("The time within which 99 % of the calls ended, in milliseconds.")]
    public required double P99Ms { get; init; }

    [Description("The time of the slowest call, in milliseconds.")]
    public required double MaximumMs { get; init; }

    [Description("The functions by how they were run at the end; null where the engine treats all alike.")]
    public FunctionCounts? Functions { get; init; }

    [Description("Functions that are compiled without optimization or never will be compiled, and why.")]
    public required IReadOnlyList<string> SlowFunctions { get; init; }

    [Description("The comparison with the budget.")]
    public IReadOnlyList<BudgetLine>? Budget { get; init; }

    internal override ExitCode Outcome =>
        Budget is null || Budget.All(line => line.Kept) ? Cli.ExitCode.Success : Cli.ExitCode.Failed;

    internal static BenchAnswer Of(
        HostedPlugin hosted,
        string function,
        int inputBytes,
        int threads,
        Measurement measurement,
        MeteredEngine engine)
    {
        var latencies = measurement.Latencies;
        var functions = hosted.Plugin.Diagnostics.Functions;
        return new BenchAnswer
        {
            Plugin = hosted.Plugin.Id.ToString(),
            Function = function,
            Engine = engine.Title,
            InputBytes = inputBytes,
            Parallel = threads,
            Calls = latencies.Count,
            CallsPerSecond = latencies.Count / Math.Max(measurement.Elapsed.TotalSeconds, 1e-9),
            FuelPerCall = measurement.FuelPerCall,
            MemoryBytes = engine.PeakMemoryBytes,
            P50Ms = latencies.Percentile(0.50) / 1e6,
            P95Ms = latencies.Percentile(0.95) / 1e6,
            P99Ms = latencies.Percentile(0.99) / 1e6,
            MaximumMs = latencies.Maximum / 1e6,
            Functions = FunctionCounts.Of(functions),
            SlowFunctions =
            [
                .. functions.Where(slow => slow.Reason is not null).Select(slow =>
                    $"{VisibleText.Name(slow.Name ?? $"function[{slow.Index}]")}: {VisibleText.Name(slow.Reason!)}"),
            ],
        };
    }

    /// <summary>A figure by the name that budgets use.</summary>
    internal double Value(string name) => name switch
    {
        "fuelPerCall" => FuelPerCall,
        "memoryBytes" => MemoryBytes,
        "p50Ms" => P50Ms,
        "p95Ms" => P95Ms,
        "p99Ms" => P99Ms,
        _ => CallsPerSecond,
    };

    internal override void Print(Session session)
    {
        var page = session.Page;
        var inputs = $"{Page.Bytes(InputBytes)} of input, {Page.Count(Calls, "call")}, {Parallel} at once";
        page.Line(($"{Plugin} {Function}", Tone.Strong), ($"  {inputs}, on {Engine}", Tone.Dim));
        page.Line();
        page.Facts(
            ("calls a second", Page.Number((long)CallsPerSecond), Tone.Strong),
            ("fuel a call", Page.Number(FuelPerCall), Tone.Plain),
            ("memory", Page.Bytes(MemoryBytes), Tone.Plain),
            ("p50", Page.Time(P50Ms), Tone.Plain),
            ("p95", Page.Time(P95Ms), Tone.Plain),
            ("p99", Page.Time(P99Ms), Tone.Plain),
            ("slowest", Page.Time(MaximumMs), Tone.Plain));
        if (Functions is { } functions)
        {
            page.Line();
            page.Line((functions.ToString(), Tone.Dim));
        }

        if (SlowFunctions.Count > 0)
        {
            page.Heading("Slow: not optimized");
            page.Rows([.. SlowFunctions.Select(function => new[] { (function, Tone.Plain) })]);
        }

        if (Budget is { } budget)
        {
            PrintBudget(page, budget);
        }
    }

    private static void PrintBudget(Page page, IReadOnlyList<BudgetLine> budget)
    {
        page.Heading("Budget");
        page.Rows(
            [
                .. budget.Select(line => new[]
                {
                    (line.Kept ? "kept" : "EXCEEDED", line.Kept ? Tone.Good : Tone.Bad),
                    (line.Name, Tone.Plain),
                    (Figure(line.Measured), Tone.Plain),
                    ((line.Name == "callsPerSecond" ? "at least " : "at most ") + Figure(line.Budget), Tone.Dim),
                }),
            ],
            2);
        if (budget.Any(line => !line.Kept))
        {
            page.Next("Find what became dearer, or raise the budget. Only fuel is alike on every machine.");
        }
    }

    private static string Figure(double value) => value.ToString("#,##0.####", CultureInfo.InvariantCulture);
}

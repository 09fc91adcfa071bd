using System.Globalization;

namespace Plugins.Benchmarks.Real;

/// <summary>Markdown tables of what <see cref="RealRun"/> printed for each setting.</summary>
internal sealed class RealTables(RealLines lines)
{
    private const string Native = "native";
    private const string V8 = "v8";
    private const string Metered = "wasmtime-fuel";

    internal static RealTables Read(IEnumerable<string> text) => new(RealLines.Read(text));

    internal void Write(TextWriter output)
    {
        WriteRatios(output, "Kernels", Of("kernel/"), Native);
        WriteRatios(output, "Programs of about a thousand lines", Of("program/"), Native);
        WriteRatios(output, "Real modules at work", Of("work/"), V8);
        WriteFirstCalls(output, "Their first run, process and module new, ms", "work/");
        WriteModules(output, "Bytes to first result, warm process, ms", "warm-total", 1e6);
        WriteModules(output, "The same, processor time of all threads, ms", "warm-processor", 1e6);
        WriteModules(output, "Bytes to first result, new process, ms", "cold-total", 1e6);
        WriteModules(output, "The same, processor time of all threads, ms", "cold-processor", 1e6);
        WriteModules(output, "Peak memory of a new process, MB", "peak", 1e6);
        foreach (string phase in new[] { "validate", "compile", "instantiate", "call" })
        {
            WriteModules(output, $"Warm process, {phase}, processor time, ms", "warm-" + phase, 1e6);
        }

        foreach (((string setting, string name), string reason) in lines.Failures)
        {
            output.WriteLine($"- {name} on {setting}: {reason}");
        }
    }

    private static string Number(double value) => double.IsNaN(value) ? "–" : value.ToString(
        value switch
        {
            < 10 => "F2",
            < 100 => "F1",
            _ => "F0",
        },
        CultureInfo.InvariantCulture);

    private static void WriteHead(TextWriter output, string title, List<string> columns)
    {
        output.WriteLine();
        output.WriteLine($"| {title} | {string.Join(" | ", columns)} |");
        output.WriteLine($"| --- |{string.Concat(Enumerable.Repeat(" ---: |", columns.Count))}");
    }

    private List<string> Of(string prefix) =>
    [
        .. lines.Measures.Where(measure => measure.StartsWith(prefix, StringComparison.Ordinal) &&
            !measure.EndsWith("/first", StringComparison.Ordinal)),
    ];

    private List<string> SettingsOf(List<string> measures) =>
        [.. lines.Settings.Where(setting => measures.Any(m => !double.IsNaN(lines.Best(setting, m))))];

    /// <summary>Times of one setting, the others as ratios to it, and means over what is compared with.</summary>
    private void WriteRatios(TextWriter output, string title, List<string> measures, string baseline)
    {
        List<string> settings = SettingsOf(measures);
        if (!settings.Remove(baseline))
        {
            return;
        }

        WriteHead(output, title, [$"{baseline}, ms", .. settings.Select(setting => $"{setting} / {baseline}")]);
        foreach (string measure in measures)
        {
            double time = lines.Best(baseline, measure);
            IEnumerable<string> cells = settings.Select(setting => Number(lines.Best(setting, measure) / time));
            string name = measure[(measure.IndexOf('/') + 1)..];
            output.WriteLine($"| {name} | {Number(time / 1e6)} | {string.Join(" | ", cells)} |");
        }

        // Means over rows that some setting has not would not be comparable.
        List<string> full = [.. measures.Where(m => settings.TrueForAll(s => !double.IsNaN(lines.Best(s, m))))];
        foreach (string other in settings.Where(setting => setting is V8 or Metered).Prepend(baseline))
        {
            IEnumerable<string> means = settings.Select(setting => $"**{Number(Mean(full, setting, other))}**");
            output.WriteLine($"| geometric mean over {other} | | {string.Join(" | ", means)} |");
        }
    }

    private double Mean(List<string> measures, string setting, string other) => Math.Exp(measures
        .Select(measure => Math.Log(lines.Best(setting, measure) / lines.Best(other, measure)))
        .DefaultIfEmpty(double.NaN)
        .Average());

    private void WriteFirstCalls(TextWriter output, string title, string prefix)
    {
        List<string> measures = Of(prefix);
        List<string> settings = SettingsOf(measures);
        if (settings.Count == 0)
        {
            return;
        }

        WriteHead(output, title, settings);
        foreach (string measure in measures)
        {
            IEnumerable<string> cells = settings.Select(
                setting => Number(lines.Best(setting, measure + "/first") / 1e6));
            output.WriteLine($"| {measure[prefix.Length..]} | {string.Join(" | ", cells)} |");
        }
    }

    private void WriteModules(TextWriter output, string title, string phase, double unit)
    {
        const string Prefix = "module/";
        List<string> measures = [.. Of(Prefix).Where(m => m.EndsWith("/" + phase, StringComparison.Ordinal))];
        List<string> settings = SettingsOf(measures);
        if (settings.Count == 0)
        {
            return;
        }

        WriteHead(output, title, settings);
        foreach (string measure in measures)
        {
            IEnumerable<string> cells = settings.Select(setting => Number(lines.Best(setting, measure) / unit));
            string name = measure[Prefix.Length..^(phase.Length + 1)];
            output.WriteLine($"| {name} | {string.Join(" | ", cells)} |");
        }
    }
}

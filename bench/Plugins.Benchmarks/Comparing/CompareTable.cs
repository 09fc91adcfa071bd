using System.Globalization;
using Plugins.Benchmarks.Tables;

namespace Plugins.Benchmarks.Comparing;

/// <summary>One Markdown table from the lines that all engines printed in all rounds.</summary>
internal sealed class CompareTable
{
    private const string Native = "native";

    private static readonly (string Engine, string Title)[] s_engines =
    [
        (Native, "native"), ("v8", "V8"), ("wasmtime", "Wasmtime, bare"), ("wasmtime-epochs", "Wasmtime, epochs"),
        ("wasmtime-fuel", "Wasmtime, epochs and fuel"), ("guards", "ours, guards"), ("fuel", "ours, guards and fuel"),
    ];

    private static readonly (string Measure, string Title)[] s_times =
    [
        ("call", "call of an empty function"), ("host-call", "call from the guest to the host"),
        ("instance", "instance of one page, made and released"),
        ("first-20", "module of 20 KB to its first result, new process"), ("first-200", "… of 200 KB"),
        ("session", "through the host: call in a session"), ("fresh", "… call with fresh state"),
        ("echo-64", "… echo of 64 bytes in a session"), ("echo-4096", "… of 4 KiB"), ("echo-65536", "… of 64 KiB"),
        ("echo-1048576", "… of 1 MiB"), ("hosted-200", "… module of 200 KB to its first result, new process"),
        ("cached-200", "… the same from the disk cache"),
    ];

    // Two clusters of times with the same code, by alignment and branch prediction.
    private static readonly string[] s_bimodal = ["sieve", "indir2"];

    private readonly List<string> _kernels = [];
    private readonly Dictionary<(string Engine, string Measure), List<double>> _times = [];
    private readonly Dictionary<string, string> _results = new(StringComparer.Ordinal);

    /// <param name="lines">Engine, measure, nanoseconds, and the result or <c>-</c>.</param>
    /// <exception cref="InvalidDataException">Two engines computed different results.</exception>
    internal static CompareTable Read(IEnumerable<string> lines)
    {
        var table = new CompareTable();
        foreach (string line in lines)
        {
            string[] parts = line.Split(' ');
            table.Add(parts[0], parts[1], double.Parse(parts[2], CultureInfo.InvariantCulture), parts[3]);
        }

        return table;
    }

    internal void Write(TextWriter output)
    {
        output.WriteLine($"| | {string.Join(" | ", s_engines.Select(engine => engine.Title))} |");
        output.WriteLine($"| --- |{string.Concat(Enumerable.Repeat(" ---: |", s_engines.Length))}");
        foreach (string kernel in _kernels)
        {
            Write(output, kernel, engine => engine == Native ? Time(engine, kernel) : Ratio(engine, kernel));
        }

        WriteMean(output, "**geometric mean over native**", _kernels);
        WriteMean(
            output,
            $"without {string.Join(" and ", s_bimodal)}",
            [.. _kernels.Where(kernel => !s_bimodal.Contains(kernel, StringComparer.Ordinal))]);
        foreach ((string measure, string title) in s_times)
        {
            Write(output, title, engine => Time(engine, measure));
        }
    }

    private static void Write(TextWriter output, string title, Func<string, string> cell) => output.WriteLine(
        $"| {title} | {string.Join(" | ", s_engines.Select(engine => cell(engine.Engine)))} |");

    private void WriteMean(TextWriter output, string title, List<string> kernels) => Write(output, title, engine =>
    {
        if (engine == Native || !kernels.TrueForAll(kernel => _times.ContainsKey((engine, kernel))))
        {
            return "";
        }

        double mean = kernels.Average(kernel => Math.Log(Median(engine, kernel) / Median(Native, kernel)));
        return string.Create(CultureInfo.InvariantCulture, $"**{Math.Exp(mean):F2}**");
    });

    private string Time(string engine, string measure) =>
        _times.ContainsKey((engine, measure)) ? DurationText.Of(Median(engine, measure)) : "";

    private string Ratio(string engine, string measure) => _times.ContainsKey((engine, measure))
        ? (Median(engine, measure) / Median(Native, measure)).ToString("F2", CultureInfo.InvariantCulture)
        : "";

    private double Median(string engine, string measure)
    {
        List<double> times = [.. _times[(engine, measure)].Order()];
        int middle = times.Count / 2;
        return times.Count % 2 == 1 ? times[middle] : (times[middle - 1] + times[middle]) / 2;
    }

    private void Add(string engine, string measure, double nanoseconds, string result)
    {
        bool isKernel = s_times.All(time => time.Measure != measure);
        if (isKernel && !_kernels.Contains(measure, StringComparer.Ordinal))
        {
            _kernels.Add(measure);
        }

        Compare(engine, measure, result);
        if (!_times.TryGetValue((engine, measure), out List<double>? times))
        {
            _times[(engine, measure)] = times = [];
        }

        times.Add(nanoseconds);
    }

    // Numbers, since each language writes the same one in its own way.
    private void Compare(string engine, string measure, string result)
    {
        if (result == "-" || _results.TryAdd(measure, result))
        {
            return;
        }

        double expected = double.Parse(_results[measure], CultureInfo.InvariantCulture);
        if (!double.Parse(result, CultureInfo.InvariantCulture).Equals(expected))
        {
            throw new InvalidDataException($"{measure}: {engine} computed {result}, others {_results[measure]}.");
        }
    }
}

using System.Globalization;

namespace Plugins.Benchmarks.Kernels;

/// <summary>One Markdown table from the lines that the engines printed in all rounds.</summary>
internal sealed class KernelTable
{
    private const string Native = "native";
    private const string V8 = "v8";

    // Two clusters of times with the same code, by alignment and branch prediction: shown, and left out of the second
    // mean.
    private static readonly string[] s_bimodal = ["sieve", "indir2"];

    private readonly List<string> _engines = [];
    private readonly List<string> _kernels = [];
    private readonly Dictionary<(string Engine, string Kernel), List<double>> _times = [];
    private readonly Dictionary<string, double> _results = [];

    /// <param name="lines">Engine, kernel, milliseconds, result.</param>
    /// <exception cref="InvalidDataException">Two engines computed different results.</exception>
    public static KernelTable Read(IEnumerable<string> lines)
    {
        var table = new KernelTable();
        foreach (string line in lines)
        {
            string[] parts = line.Split(' ');
            table.Add(parts[0], parts[1], Number(parts[2]), Number(parts[3]));
        }

        return table;
    }

    public void Write(TextWriter output)
    {
        output.WriteLine($"| kernel, ms | {string.Join(" | ", _engines)} |{RatioHeads()}");
        output.WriteLine($"| --- |{Repeat(" ---: |", _engines.Count + Ratios().Count())}");
        foreach (string kernel in _kernels)
        {
            IEnumerable<string> cells = _engines.Select(engine => Format(Median(engine, kernel), "F1"))
                .Concat(Ratios().Select(r => Format(Median(r.Of, kernel) / Median(r.To, kernel), "F2")));
            output.WriteLine($"| {kernel} | {string.Join(" | ", cells)} |");
        }

        string left = string.Join(" and ", s_bimodal);
        List<string> others = [.. _kernels.Where(kernel => !s_bimodal.Contains(kernel))];
        WriteMean(output, "geometric mean, all", _kernels, Median);
        WriteMean(output, $"without {left}", others, Median);

        // Other work on the machine only ever adds time, so the best rounds compare better where there is much of it.
        WriteMean(output, "best rounds, all", _kernels, Best);
        WriteMean(output, $"best rounds, without {left}", others, Best);
    }

    private void WriteMean(
        TextWriter output, string title, List<string> kernels, Func<string, string, double> timeOf)
    {
        IEnumerable<string> cells = Ratios()
            .Select(ratio => kernels.Average(kernel => Math.Log(timeOf(ratio.Of, kernel) / timeOf(ratio.To, kernel))))
            .Select(mean => $"**{Format(Math.Exp(mean), "F2")}**");
        output.WriteLine($"| {title} |{Repeat(" |", _engines.Count)} {string.Join(" | ", cells)} |");
    }

    private double Best(string engine, string kernel) => _times[(engine, kernel)].Min();

    private IEnumerable<(string Of, string To)> Ratios() =>
        from to in new[] { Native, V8 }
        where _engines.Contains(to)
        from of in _engines
        where of != Native && of != to
        select (of, to);

    private string RatioHeads() => string.Concat(Ratios().Select(ratio => $" {ratio.Of} / {ratio.To} |"));

    private double Median(string engine, string kernel)
    {
        List<double> times = [.. _times[(engine, kernel)].Order()];
        int middle = times.Count / 2;
        return times.Count % 2 == 1 ? times[middle] : (times[middle - 1] + times[middle]) / 2;
    }

    private void Add(string engine, string kernel, double milliseconds, double result)
    {
        Remember(_engines, engine);
        Remember(_kernels, kernel);
        if (!_results.TryAdd(kernel, result) && !_results[kernel].Equals(result))
        {
            throw new InvalidDataException($"{kernel}: {engine} computed {result:R}, others {_results[kernel]:R}.");
        }

        if (!_times.TryGetValue((engine, kernel), out List<double>? times))
        {
            _times[(engine, kernel)] = times = [];
        }

        times.Add(milliseconds);
    }

    private static void Remember(List<string> names, string name)
    {
        if (!names.Contains(name))
        {
            names.Add(name);
        }
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static string Format(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}

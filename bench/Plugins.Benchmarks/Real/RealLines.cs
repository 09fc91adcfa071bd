using System.Globalization;

namespace Plugins.Benchmarks.Real;

/// <summary>The lines of all rounds: setting, measure, value, and result or reason.</summary>
internal sealed class RealLines
{
    private const string Failed = "/failed";

    private readonly Dictionary<(string Setting, string Measure), List<double>> _values = [];
    private readonly Dictionary<string, (string Setting, string Text)> _results = [];

    /// <exception cref="InvalidDataException">Two engines computed different results.</exception>
    internal static RealLines Read(IEnumerable<string> text)
    {
        var lines = new RealLines();
        foreach (string line in text)
        {
            string[] parts = line.Split(' ', 4);
            lines.Add(parts[0], parts[1], double.Parse(parts[2], CultureInfo.InvariantCulture), parts[3]);
        }

        return lines;
    }

    internal List<string> Settings { get; } = [];

    internal List<string> Measures { get; } = [];

    /// <summary>Why a setting cannot run a module.</summary>
    internal Dictionary<(string Setting, string Name), string> Failures { get; } = [];

    /// <summary>The best round, as other work on the machine only adds; not a number if there is none.</summary>
    internal double Best(string setting, string measure) =>
        _values.TryGetValue((setting, measure), out List<double>? values) ? values.Min() : double.NaN;

    private void Add(string setting, string measure, double value, string result)
    {
        Remember(Settings, setting);
        if (measure.EndsWith(Failed, StringComparison.Ordinal))
        {
            Failures[(setting, measure[..^Failed.Length])] = result;
            return;
        }

        Remember(Measures, measure);
        if (result != "-" && !_results.TryAdd(measure, (setting, result)) && !AreEqual(_results[measure].Text, result))
        {
            throw new InvalidDataException(
                $"{measure}: {setting} computed {result}, {_results[measure].Setting} {_results[measure].Text}.");
        }

        if (!_values.TryGetValue((setting, measure), out List<double>? values))
        {
            _values[(setting, measure)] = values = [];
        }

        values.Add(value);
    }

    private static bool AreEqual(string one, string other) => double.Parse(one, CultureInfo.InvariantCulture)
        .Equals(double.Parse(other, CultureInfo.InvariantCulture));

    private static void Remember(List<string> names, string name)
    {
        if (!names.Contains(name))
        {
            names.Add(name);
        }
    }
}

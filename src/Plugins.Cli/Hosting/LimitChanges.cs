using System.Globalization;
using Plugins.Cli.Failures;
using Plugins.Host.Limits;
using Plugins.Manifest;
using Plugins.Wasm;

namespace Plugins.Cli.Hosting;

/// <summary>What <c>--limit</c> changes, for a plugin that may ask for limits of its own.</summary>
internal sealed class LimitChanges
{
    private const int PageBytes = 65_536;

    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    /// <summary>Every name that <c>--limit</c> takes, and the form of its value.</summary>
    internal static readonly IReadOnlyDictionary<string, string> Names = new Dictionary<string, string>(
        StringComparer.Ordinal)
    {
        ["fuel"] = "10M",
        ["time"] = "500ms",
        ["memory"] = "16MiB",
        ["input"] = "4MiB",
        ["output"] = "4MiB",
        ["streamed-input"] = "1GiB",
        ["streamed-output"] = "1GiB",
        ["error"] = "4KiB",
        ["log"] = "16KiB",
        ["stack"] = "512KiB",
        ["depth"] = "2000",
        ["calls"] = "1000",
        ["table"] = "10000",
        ["module"] = "16MiB",
    };

    private readonly IReadOnlyDictionary<string, string> _changes;

    private LimitChanges(IReadOnlyDictionary<string, string> changes)
    {
        _changes = changes;
        _ = Apply(PluginLimits.Default);
        _ = Apply(ModuleLimits.Default);
    }

    internal static LimitChanges None { get; } = new(new Dictionary<string, string>(StringComparer.Ordinal));

    /// <summary>Reads the values of the option; a wrong one is a usage error that names all that are right.</summary>
    internal static LimitChanges Parse(IEnumerable<string> texts) => new(Setting.ParseAll(texts, "--limit"));

    internal PluginLimits Apply(PluginLimits limits) => _changes.Aggregate(limits, Apply);

    /// <summary>Changes what is allowed of the module itself.</summary>
    internal ModuleLimits Apply(ModuleLimits limits) => _changes.TryGetValue("module", out var text)
        ? limits with { ModuleBytes = (int)Size("module", text, ModuleLimits.Default.ModuleBytes) }
        : limits;

    /// <summary>Takes out of an unsigned plugin's own wishes what the command line decides instead.</summary>
    internal RequestedLimits Override(RequestedLimits wishes) =>
        _changes.Keys.Aggregate(wishes, (left, name) => name switch
    {
        "fuel" => left with { Fuel = null },
        "time" => left with { WallTimeMilliseconds = null },
        "memory" => left with { MemoryPages = null },
        "input" => left with { InputBytes = null },
        "output" => left with { OutputBytes = null },
        "streamed-input" => left with { StreamedInputBytes = null },
        "streamed-output" => left with { StreamedOutputBytes = null },
        "error" => left with { ErrorBytes = null },
        "log" => left with { LogBytes = null },
        "stack" => left with { StackBytes = null },
        "depth" => left with { CallDepth = null },
        "calls" => left with { HostCalls = null },
        "module" => left,
        _ => left with { TableElements = null },
    });

    private static PluginLimits Apply(PluginLimits limits, KeyValuePair<string, string> change)
    {
        var (name, text) = change;
        return name switch
        {
            "fuel" => limits with { Fuel = Count(name, text, long.MaxValue / 2) },
            "time" => limits with { WallTime = Time(name, text) },
            "memory" => limits with
            {
                MemoryPages = (int)((Size(name, text, 65_536L * PageBytes) + PageBytes - 1) / PageBytes),
            },
            "input" => limits with { InputBytes = Size(name, text, long.MaxValue) },
            "output" => limits with { OutputBytes = Size(name, text, long.MaxValue) },
            "streamed-input" => limits with { StreamedInputBytes = Size(name, text, long.MaxValue) },
            "streamed-output" => limits with { StreamedOutputBytes = Size(name, text, long.MaxValue) },
            "error" => limits with { ErrorBytes = (int)Size(name, text, 64 << 20) },
            "log" => limits with { LogBytes = (int)Size(name, text, 64 << 20) },
            "stack" => limits with { StackBytes = (int)Size(name, text, 64 << 20) },
            "depth" => limits with { CallDepth = (int)Count(name, text, int.MaxValue) },
            "calls" => limits with { HostCalls = (int)Count(name, text, int.MaxValue) },
            "table" => limits with { TableElements = (int)Count(name, text, 10_000_000) },
            "module" => limits,
            _ => throw CommandException.Usage(
                $"There is no limit called {name}.",
                $"The limits are {string.Join(", ", Names.Keys)}.",
                "Write one of those, as in --limit fuel=10M."),
        };
    }

    private static long Count(string name, string text, long maximum) =>
        Quantity.TryCount(text, out var value) ? Check(name, text, value, maximum) : throw Malformed(name, text);

    private static long Size(string name, string text, long maximum) =>
        Quantity.TrySize(text, out var value) ? Check(name, text, value, maximum) : throw Malformed(name, text);

    private static TimeSpan Time(string name, string text) => Quantity.TryTime(text, out var time)
        ? TimeSpan.FromTicks(Check(name, text, time.Ticks, TimeSpan.TicksPerDay, "one day"))
        : throw Malformed(name, text);

    private static long Check(string name, string text, long value, long maximum, string? ceiling = null) =>
        value > 0 && value <= maximum
        ? value
        : throw CommandException.Usage(
            $"--limit {name}={text} is out of range.",
            $"A limit is more than nothing, and {name} is at most {ceiling ?? maximum.ToString("N0", Invariant)}.",
            $"Write it as in --limit {name}={Names[name]}.");

    private static CommandException Malformed(string name, string text) => CommandException.Usage(
        $"--limit {name}={text} is not a quantity.",
        "Counts take k, M, G; sizes KiB, MiB, GiB; times ms, s, m.",
        $"Write it as in --limit {name}={Names[name]}.");
}

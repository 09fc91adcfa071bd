using Plugins.Host.Capabilities;
using Plugins.Host.Loading;

namespace Plugins.Testing.Cases;

/// <summary>A table of cases, which are calls with expected outcomes, and of the applications they run in.</summary>
/// <remarks>Immutable and safe for use by many threads. docs/testing.md has the format.</remarks>
public sealed record PluginCaseFile
{
    /// <summary>The name of a case file beside a module.</summary>
    public const string DefaultName = "cases.json";

    /// <summary>The largest size of a file, in bytes.</summary>
    public const int MaximumBytes = 16 << 20;

    /// <summary>The largest number of cases in a file.</summary>
    public const int MaximumCases = 10_000;

    internal PluginCaseFile()
    {
    }

    /// <summary>The cases, in the order of the file.</summary>
    public required IReadOnlyList<PluginCase> Cases { get; init; }

    /// <summary>The applications that the file makes up, by name, each with its host functions by name.</summary>
    /// <value>Empty where the file has no <c>hosts</c>.</value>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, HostFunction>> Applications => Hosts.ToDictionary(
        host => host.Key, host => host.Value.Functions, StringComparer.Ordinal);

    internal IReadOnlyDictionary<string, ApplicationAnswers> Hosts { get; init; } =
        new Dictionary<string, ApplicationAnswers>(StringComparer.Ordinal);

    /// <summary>Reads a file.</summary>
    /// <exception cref="PluginCaseFormatException">It is not a case file; the exception names the field.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static PluginCaseFile Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Parse(RegularFile.Read(path, MaximumBytes + 1), path);
    }

    /// <summary>Reads the text of a file.</summary>
    /// <param name="json">UTF-8.</param>
    /// <param name="name">The file's name in exceptions.</param>
    /// <exception cref="PluginCaseFormatException">It is not a case file; the exception names the field.</exception>
    public static PluginCaseFile Parse(ReadOnlyMemory<byte> json, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return json.Length <= MaximumBytes ? CaseFileReader.Read(json, name) : throw TooLong(name);
    }

    /// <summary>True for a function that every host offers, so that no application can.</summary>
    /// <param name="function">The name that guests import from <c>plugins:host/v1</c>.</param>
    public static bool IsBuiltIn(string function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return CaseFileReader.BuiltIn.Contains(function);
    }

    /// <summary>The cases that are for one plugin or for all.</summary>
    /// <param name="plugin">The plugin's name.</param>
    public IEnumerable<PluginCase> For(string plugin) =>
        Cases.Where(@case => @case.Plugin is null || @case.Plugin == plugin);

    private static PluginCaseFormatException TooLong(string name) => new(name, "", "it is longer than 16 MiB");
}

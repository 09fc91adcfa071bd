using Plugins.Host.Loading;

namespace Plugins.Testing.Cases;

/// <summary>A table of cases, calls and what must come of them, and the imagined applications they run in.</summary>
/// <remarks>Immutable and safe for use by many threads. docs/testing.md has the format.</remarks>
public sealed record PluginCaseFile
{
    /// <summary>What the file is called beside a module.</summary>
    public const string DefaultName = "cases.json";

    /// <summary>Bytes that a file may have.</summary>
    public const int MaximumBytes = 16 << 20;

    /// <summary>Cases that a file may have.</summary>
    public const int MaximumCases = 10_000;

    internal PluginCaseFile()
    {
    }

    /// <summary>The cases, in the order of the file.</summary>
    public required IReadOnlyList<PluginCase> Cases { get; init; }

    /// <summary>By name, what each function of an application answers.</summary>
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
    /// <param name="name">What exceptions call the file.</param>
    /// <exception cref="PluginCaseFormatException">It is not a case file; the exception names the field.</exception>
    public static PluginCaseFile Parse(ReadOnlyMemory<byte> json, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return json.Length <= MaximumBytes ? CaseFileReader.Read(json, name) : throw TooLong(name);
    }

    /// <summary>The cases for one plugin, and for any.</summary>
    /// <param name="plugin">The plugin's name.</param>
    public IEnumerable<PluginCase> For(string plugin) =>
        Cases.Where(@case => @case.Plugin is null || @case.Plugin == plugin);

    private static PluginCaseFormatException TooLong(string name) => new(name, "", "it is longer than 16 MiB");
}

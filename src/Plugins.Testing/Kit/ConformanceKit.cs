using Plugins.Testing.Cases;

namespace Plugins.Testing.Kit;

/// <summary>The behaviour that all guest SDKs share, as cases that a plugin made with any of them passes.</summary>
/// <remarks>Safe for use by many threads. docs/kit.md tells what such a plugin exports.</remarks>
public static class ConformanceKit
{
    private const string Resource = "kit.json";

    private static readonly Lazy<PluginCaseFile> Embedded = new(Read);

    /// <summary>The kit for this version of the guest ABI.</summary>
    public static PluginCaseFile Default => Embedded.Value;

    private static PluginCaseFile Read()
    {
        using var stream = typeof(ConformanceKit).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The assembly was built without {Resource}.");
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return PluginCaseFile.Parse(bytes.ToArray(), Resource);
    }
}

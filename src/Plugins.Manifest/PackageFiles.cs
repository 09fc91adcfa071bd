namespace Plugins.Manifest;

/// <summary>Names of the files that make up a plugin in a folder or an archive.</summary>
/// <remarks>Constants only, safe to use from any thread.</remarks>
public static class PackageFiles
{
    /// <summary>The WebAssembly module that the manifest describes.</summary>
    public const string Module = "plugin.wasm";

    /// <summary>A Sigstore bundle that holds the manifest and exactly one signature.</summary>
    public const string Bundle = "plugin.sigstore.json";

    /// <summary>A bare DSSE envelope that holds the manifest and any number of signatures.</summary>
    public const string Envelope = "plugin.dsse.json";
}

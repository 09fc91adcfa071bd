namespace Plugins.Host.Errors;

/// <summary>Faults of a manifest, as the host sees them.</summary>
public enum ManifestProblem
{
    /// <summary>It breaks the format; the inner exception names the field.</summary>
    Format,

    /// <summary>It names an ABI that this host does not speak.</summary>
    UnsupportedAbi,

    /// <summary>It is made for other versions of the host API.</summary>
    UnsupportedHostApi,

    /// <summary>It needs a WebAssembly feature that the engine does not have.</summary>
    UnsupportedFeature,

    /// <summary>It describes other bytes than the module's.</summary>
    ModuleMismatch,

    /// <summary>It lists WebAssembly features, and not one that the module uses.</summary>
    UnlistedFeature,
}

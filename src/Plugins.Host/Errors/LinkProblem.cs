namespace Plugins.Host.Errors;

/// <summary>The mismatch between a module and the ABI, its manifest, or the application.</summary>
public enum LinkProblem
{
    /// <summary>It imports from a module that is not part of the ABI.</summary>
    UnknownModule,

    /// <summary>The ABI has no function of this name.</summary>
    UnknownFunction,

    /// <summary>It imports something that the ABI has with another type.</summary>
    ImportType,

    /// <summary>
    /// The name of the imported capability is not of the form <c>[a-z][a-z0-9_]*</c> with dots between parts.
    /// </summary>
    CapabilityName,

    /// <summary>It imports a capability whose permission the manifest does not ask for.</summary>
    PermissionNotRequested,

    /// <summary>The manifest lists what the module imports, and this is not among it.</summary>
    NotListed,

    /// <summary>It imports a required capability that the application does not offer.</summary>
    NotOffered,

    /// <summary>It does not export the memory, or a function that the manifest lists.</summary>
    ExportMissing,

    /// <summary>It exports something that the ABI needs with another type.</summary>
    ExportType,

    /// <summary>The engine refused to link it for another reason.</summary>
    Engine,
}

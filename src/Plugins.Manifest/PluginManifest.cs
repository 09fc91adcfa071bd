using Plugins.Manifest.Permissions;

namespace Plugins.Manifest;

/// <summary>A publisher's signed description of a plugin: identity, functions, permissions and limits.</summary>
/// <remarks>
/// Immutable and safe for use by many threads. A manifest built in code is checked only by
/// <see cref="Validate"/>, which signing does by itself. Lists compare by reference.
/// </remarks>
public sealed partial record PluginManifest
{
    /// <summary>Publisher and name.</summary>
    public required PluginId Id { get; init; }

    /// <summary>The version for people and for dependency rules.</summary>
    public required SemanticVersion Version { get; init; }

    /// <summary>A number that rises with every release, so that an old one cannot pass as new.</summary>
    /// <remarks>From 0 to <see cref="MaxInteger"/>.</remarks>
    public required long Sequence { get; init; }

    /// <summary>The module that this manifest describes.</summary>
    public required ManifestModule Module { get; init; }

    /// <summary>Further files that belong to the plugin.</summary>
    /// <value>Empty by default.</value>
    public IReadOnlyList<ManifestAsset> Assets { get; init; } = [];

    /// <summary>The contract between module and host, such as <c>plugins:abi/v1</c>.</summary>
    public required string Abi { get; init; }

    /// <summary>WebAssembly features that the engine must offer, and the only ones that the module may use.</summary>
    /// <value>Empty by default: not stated; it may use whatever the host has.</value>
    public IReadOnlyList<string> Features { get; init; } = [];

    /// <summary>The only functions that may be called.</summary>
    public required IReadOnlyList<ExportedFunction> Functions { get; init; }

    /// <summary>Imports that the publisher declares, readable before the module is decoded.</summary>
    /// <value>Empty by default: not stated. The module itself decides what is linked.</value>
    public IReadOnlyList<ExpectedImport> Imports { get; init; } = [];

    /// <summary>The permissions that the plugin asks for.</summary>
    /// <value>Empty by default: a pure function of its input.</value>
    public IReadOnlyList<PermissionRequest> Permissions { get; init; } = [];

    /// <summary>The limits that the plugin asks for; the application decides.</summary>
    /// <value>Asks for nothing by default.</value>
    public RequestedLimits Limits { get; init; } = new();

    /// <summary>Settings that the plugin reads.</summary>
    /// <value>Empty by default.</value>
    public IReadOnlyList<ConfigKey> Config { get; init; } = [];

    /// <summary>Versions of the host API that the plugin was made for.</summary>
    /// <value><see langword="null"/> by default: any.</value>
    public HostApiRange? HostApi { get; init; }

    /// <summary>The time of signing, by the publisher's own clock.</summary>
    /// <remarks>Whole seconds, UTC; fractions are cut off when written.</remarks>
    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>The time from which the manifest is refused.</summary>
    /// <value><see langword="null"/> by default: only the trust policy's maximum age ends it.</value>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Applications or tenants that the plugin is meant for.</summary>
    /// <value>Empty by default: anyone.</value>
    public IReadOnlyList<string> Audience { get; init; } = [];

    /// <summary>Top-level fields that a reader must understand, or refuse the manifest.</summary>
    /// <value>Empty by default.</value>
    public IReadOnlyList<string> Critical { get; init; } = [];

    /// <summary>The module's origin, as the publisher claims.</summary>
    /// <value><see langword="null"/> by default: not stated.</value>
    public ManifestProvenance? Provenance { get; init; }
}

using Plugins.Host.Capabilities;
using Plugins.Manifest.Permissions;
using Plugins.Manifest.Trust;

namespace Plugins.Cli.Hosting;

/// <summary>All that decides how a plugin is run.</summary>
internal sealed record HostRequest
{
    internal required TimeProvider Time { get; init; }

    /// <summary>Null: signatures are not looked at.</summary>
    internal TrustPolicy? Trust { get; init; }

    internal IReadOnlyList<string> Audience { get; init; } = [];

    internal IReadOnlyList<PermissionGrant> Grants { get; init; } = [];

    internal IReadOnlyDictionary<string, string> Config { get; init; } =
        new Dictionary<string, string>(StringComparer.Ordinal);

    internal IReadOnlyDictionary<string, byte[]> Variables { get; init; } =
        new Dictionary<string, byte[]>(StringComparer.Ordinal);

    /// <summary>Host functions that are offered, and granted with it.</summary>
    internal IReadOnlyDictionary<string, HostFunction> Stubs { get; init; } =
        new Dictionary<string, HostFunction>(StringComparer.Ordinal);

    /// <summary>What it has by WASI; granted with it.</summary>
    internal WasiOffer Wasi { get; init; } = WasiOffer.Nothing;

    internal LimitChanges Limits { get; init; } = LimitChanges.None;

    /// <summary>Whether calls can be recorded.</summary>
    internal bool CanonicalizesNaNs { get; init; }

    internal required MeteredEngine Engine { get; init; }
}

using Plugins.Manifest.Permissions;
using Plugins.Wasi;

namespace Plugins.Cli.Hosting;

/// <summary>What the command line offers a plugin by WASI, and the grants that go with it.</summary>
internal sealed record WasiOffer(
    IReadOnlyList<WasiDirectory> Directories,
    IReadOnlyDictionary<string, string> Environment,
    IReadOnlyList<PermissionGrant> Grants)
{
    internal static WasiOffer Nothing { get; } = new([], new Dictionary<string, string>(StringComparer.Ordinal), []);
}

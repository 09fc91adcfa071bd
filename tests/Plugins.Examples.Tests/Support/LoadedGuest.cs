using Plugins.Host;
using Plugins.Manifest;
using Plugins.Manifest.Permissions;

namespace Plugins.Examples.Tests.Support;

/// <summary>A module in a host of its own, which grants what it is said to ask for.</summary>
internal sealed class LoadedGuest : IDisposable
{
    private readonly PluginHost _host;

    /// <param name="module">The module's bytes.</param>
    /// <param name="function">The function that its manifest lists.</param>
    /// <param name="permissions">What it asks for.</param>
    /// <param name="setting">A key that its manifest lists, and the value if it has one.</param>
    /// <param name="time">The host's clock, or null for the system's.</param>
    /// <param name="more">Other functions that the manifest lists.</param>
    internal LoadedGuest(
        byte[] module,
        string function,
        IEnumerable<string>? permissions = null,
        (string? Key, string? Value) setting = default,
        TimeProvider? time = null,
        params string[] more)
    {
        string[] names = [.. permissions ?? []];
        _host = new PluginHost(new PluginHostOptions
        {
            AllowUnsigned = true,
            TimeProvider = time ?? TimeProvider.System,
            Permissions = PermissionCeiling.Of([.. names.Select(name => new PermissionGrant(name))]),
        });
        Plugin = _host.LoadUnsigned(
            module,
            new PluginManifest
            {
                Id = PluginId.Parse("acme/guest"),
                Version = SemanticVersion.Parse("1.0.0"),
                Sequence = 1,
                Module = ManifestModule.Describe(module),
                Abi = "plugins:abi/v1",
                Functions = [.. more.Prepend(function).Select(name => new ExportedFunction { Name = name })],
                Permissions = [.. names.Select(Request)],
                Config = setting.Key is null ? [] : [new ConfigKey { Key = setting.Key }],
                IssuedAt = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
            },
            new PluginLoadOptions
            {
                Configuration = setting is (string key, string value)
                    ? new Dictionary<string, string>(StringComparer.Ordinal) { [key] = value }
                    : new Dictionary<string, string>(StringComparer.Ordinal),
            });
    }

    internal Plugin Plugin { get; }

    private static PermissionRequest Request(string name) => new() { Name = name, Reason = "a test", Required = false };

    public void Dispose() => _host.Dispose();
}

using Plugins.Host;
using Plugins.Host.Capabilities;
using Plugins.Host.Engines;
using Plugins.Host.Limits;
using Plugins.Manifest;
using Plugins.Manifest.Permissions;

namespace Plugins.Benchmarks.Guests;

/// <summary>A module loaded as a plugin, with a host of its own and the limits that come by default.</summary>
internal sealed class GuestPlugin : IDisposable
{
    public const string Capability = "bench.nothing";

    private readonly PluginHost _host;

    public GuestPlugin(byte[] module, params string[] functions)
        : this(module, EmbeddedEngine.Instance, meters: true, functions)
    {
    }

    public GuestPlugin(byte[] module, IPluginEngine engine, bool meters, params string[] functions)
        : this(module, engine, meters, AddNothing, functions)
    {
    }

    public GuestPlugin(byte[] module, Action<PluginHostOptions> offer, params string[] functions)
        : this(module, EmbeddedEngine.Instance, meters: true, offer, functions)
    {
    }

    private GuestPlugin(
        byte[] module, IPluginEngine engine, bool meters, Action<PluginHostOptions> offer, string[] functions)
    {
        var permission = new PermissionGrant(Capability);
        var options = new PluginHostOptions
        {
            AllowUnsigned = true,
            Engine = engine,
            MeterFuel = meters,
            Permissions = PermissionCeiling.Of(permission),

            // Only the count of host calls is out of the ordinary: thousands are needed to measure one.
            DefaultLimits = PluginLimits.Default with { HostCalls = int.MaxValue },
            MaximumLimits = PluginLimits.DefaultCeiling with { HostCalls = int.MaxValue },
        };
        offer(options);
        _host = new PluginHost(options);
        Plugin = _host.LoadUnsigned(module, Describe(module, functions));
        Session = Plugin.OpenSession();
    }

    public Plugin Plugin { get; }

    public PluginSession Session { get; }

    public void Dispose()
    {
        Session.Dispose();
        _host.Dispose();
    }

    private static void AddNothing(PluginHostOptions options) =>
        options.AddFunction(Capability, (context, request, result) => CapabilityStatus.Success);

    private static PluginManifest Describe(byte[] module, string[] functions) => new()
    {
        Id = PluginId.Parse("bench/guest"),
        Version = SemanticVersion.Parse("1.0.0"),
        Sequence = 1,
        Module = ManifestModule.Describe(module),
        Abi = "plugins:abi/v1",
        Functions = [.. functions.Select(name => new ExportedFunction { Name = name })],
        Permissions = [new PermissionRequest { Name = Capability, Reason = "to measure it" }],
        IssuedAt = DateTimeOffset.UnixEpoch,
    };
}

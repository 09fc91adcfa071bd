using Plugins.Host.Engines;
using Plugins.Host.EngineTests.Support;
using Plugins.Host.Limits;
using Plugins.Manifest;
using Plugins.Manifest.Permissions;
using Plugins.Wasm.Types;

namespace Plugins.Host.Tests.Support;

/// <summary>A host with one plugin, set up by a test: either a fake guest or a module's bytes.</summary>
internal sealed class Rig : IDisposable
{
    private readonly List<PermissionRequest> _permissions = [];
    private readonly List<string> _functions = [];
    private readonly byte[] _module;
    private PluginHost? _host;

    /// <summary>With a fake guest, which the test writes in C#.</summary>
    internal Rig()
        : this([1, 2, 3], engine: null)
    {
    }

    /// <summary>With a module on a real engine.</summary>
    internal Rig(byte[] module, TestedEngine tested)
        : this(module, tested.Engine)
    {
    }

    private Rig(byte[] module, IPluginEngine? engine)
    {
        _module = module;
        Options = new PluginHostOptions
        {
            AllowUnsigned = true,
            TimeProvider = Time,
            LoggerFactory = Loggers,
            Engine = engine ?? Engine,
            MaximumInstances = 4,
        };
    }

    internal FakeEngine Engine { get; } = new();

    internal FakeTime Time { get; } = new();

    internal RecordingLoggers Loggers { get; } = new();

    internal PluginHostOptions Options { get; }

    internal List<ConfigKey> Config { get; } = [];

    internal RequestedLimits Requested { get; set; } = new();

    internal PluginLoadOptions LoadOptions { get; set; } = new();

    internal PluginHost Host => _host ??= new PluginHost(Options);

    /// <summary>Real guests need real time, but the watchdog may be made to see another.</summary>
    internal Rig WithSystemTime()
    {
        Options.TimeProvider = TimeProvider.System;

        // On a busy machine what takes a second may take a minute.
        Options.MaximumLimits = Options.MaximumLimits with { WallTime = TimeSpan.FromMinutes(10) };
        return this;
    }

    /// <summary>Gives the fake guest a function that the manifest lists.</summary>
    internal Rig Guest(string name, Func<FakeGuest, int> function)
    {
        Engine.Functions.Add(name, function);
        Engine.ExportList.Add(new ExportType(name, FakeEngine.Entry, 0));
        return Lists(name);
    }

    /// <summary>Adds functions to the manifest only.</summary>
    internal Rig Lists(params string[] functions)
    {
        _functions.AddRange(functions);
        return this;
    }

    /// <summary>Lets the fake guest import a capability.</summary>
    internal Rig Imports(string capability)
    {
        Engine.ImportList.Add(new ImportType("plugins:host/v1", capability, FakeEngine.Capability));
        return this;
    }

    internal Rig Asks(string permission, bool required = true, params string[] scope)
    {
        _permissions.Add(new PermissionRequest
        {
            Name = permission,
            Reason = "a test",
            Required = required,
            Scope = scope.Length == 0 ? PermissionScope.Unlimited : PermissionScope.Parse(permission, scope),
        });
        return this;
    }

    /// <summary>Adds to what the application allows.</summary>
    internal Rig Grants(params string[] permissions)
    {
        Options.Permissions = PermissionCeiling.Of(
            [.. Options.Permissions.Grants, .. permissions.Select(name => new PermissionGrant(name))]);
        return this;
    }

    /// <summary>A capability that is imported, asked for and granted.</summary>
    internal Rig Uses(string capability, string? permission = null)
    {
        return Imports(capability).Asks(permission ?? capability).Grants(permission ?? capability);
    }

    /// <summary>Makes the default limits stricter or wider.</summary>
    internal Rig Limits(Func<PluginLimits, PluginLimits> change)
    {
        Options.DefaultLimits = change(Options.DefaultLimits);
        return this;
    }

    internal PluginManifest Manifest() => new()
    {
        Id = PluginId.Parse("acme/test"),
        Version = SemanticVersion.Parse("1.2.3"),
        Sequence = 1,
        Module = ManifestModule.Describe(_module),
        Abi = "plugins:abi/v1",
        Functions = [.. _functions.Select(name => new ExportedFunction { Name = name })],
        Permissions = _permissions,
        Config = Config,
        Limits = Requested,
        IssuedAt = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
    };

    internal Plugin Load(
        Func<PluginManifest, PluginManifest>? change = null, CancellationToken cancellationToken = default)
    {
        var manifest = Manifest();
        return Host.LoadUnsigned(
            _module, change is null ? manifest : change(manifest), LoadOptions, cancellationToken);
    }

    public void Dispose() => _host?.Dispose();
}

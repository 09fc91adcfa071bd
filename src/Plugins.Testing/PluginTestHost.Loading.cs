using System.Text;
using Plugins.Host;
using Plugins.Host.Capabilities.Variables;
using Plugins.Host.Engines;
using Plugins.Host.Errors;
using Plugins.Host.Loading;
using Plugins.Manifest;
using Plugins.Manifest.Permissions;
using Plugins.Pdk.Runtime;
using Plugins.Testing.InProcess;
using Plugins.Testing.Loading;
using Plugins.Testing.Recording;

namespace Plugins.Testing;

public sealed partial class PluginTestHost
{
    private const string DefaultName = "plugin";

    /// <summary>Loads an unsigned module from a <c>.wasm</c> file or a folder with <c>plugin.wasm</c>.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="manifest">The manifest; null makes one that asks for all that the module imports.</param>
    /// <exception cref="PluginException">It was refused; the type and code tell why.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public TestedPlugin LoadFile(string path, PluginManifest? manifest = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        var module = ModuleFile.PathOf(path);
        return Load(RegularFile.Read(module, Array.MaxLength), manifest, DevelopmentManifest.IdOf(module).Name);
    }

    /// <summary>Loads a module from memory, without a signature.</summary>
    /// <param name="module">The whole WebAssembly module; copied.</param>
    /// <param name="manifest">The manifest; null makes one that asks for all that the module imports.</param>
    /// <param name="name">The plugin's name in a manifest that is made here.</param>
    /// <exception cref="PluginException">It was refused; the type and code tell why.</exception>
    public TestedPlugin Load(ReadOnlySpan<byte> module, PluginManifest? manifest = null, string name = DefaultName)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (manifest is not null)
        {
            return LoadUnsigned(module, manifest, Options);
        }

        var compiled = Compile(module);
        var plugin = LoadUnsigned(module, Describe(compiled, module, name), Options);
        GC.KeepAlive(compiled); // Engines share the code of what is in use.
        return plugin;
    }

    /// <summary>Loads a C# plugin to run in this process, without WebAssembly and without containment.</summary>
    /// <param name="module">The generated <c>PluginExports.Module</c> of the plugin's project.</param>
    /// <param name="manifest">The manifest; null makes one from the module's functions and capabilities.</param>
    /// <param name="name">The plugin's name in a manifest that is made here.</param>
    /// <remarks>
    /// There are no limits on fuel, memory, tables and stack, and loops are not interrupted; see docs/testing.md.
    /// </remarks>
    /// <exception cref="PluginException">It was refused; the type and code tell why.</exception>
    public TestedPlugin Load(PluginModule module, PluginManifest? manifest = null, string name = DefaultName)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(name);
        var described = new InProcessModule(module);
        var bytes = Encoding.UTF8.GetBytes($"in process: {name}");
        manifest ??= Describe(described, bytes, name);
        var options = new PluginHostOptions(Options) { MeterFuel = false, Engine = new InProcessEngine(module) };
        return LoadUnsigned(bytes, manifest, options);
    }

    // What the engine refuses, the host refuses with an exception of its own.
    private IEngineModule Compile(ReadOnlySpan<byte> module)
    {
        try
        {
            return Options.Engine.Compile(module, Options.ModuleLimits, Options.MeterFuel);
        }
        catch (Exception exception) when (Options.Engine.Describe(exception) is not null)
        {
            using var host = CreateHost(Options);
            using var plugin = host.LoadUnsigned(module);
            throw;
        }
    }

    private PluginManifest Describe(IEngineModule compiled, ReadOnlySpan<byte> module, string name) =>
        DevelopmentManifest.FromModule(compiled, module, new DevelopmentManifestOptions
        {
            Id = DevelopmentManifest.IdOf(name),
            Permissions = PermissionCeiling.Of(_grants),
            ConfigKeys = _configuration.Keys,
        });

    private TestedPlugin LoadUnsigned(
        ReadOnlySpan<byte> module, PluginManifest manifest, PluginHostOptions options)
    {
        manifest = Complete(manifest, module);
        RequireKnown(manifest);
        foreach (var (name, value) in _variables)
        {
            Variables.Set(new VariableKey(null, VariableKey.OwnerOf(manifest.Id, isSigned: false), name), value);
        }

        var host = CreateHost(options);
        _hosts.Add(host);
        var settings = _configuration.ToDictionary(StringComparer.Ordinal);
        var plugin = host.LoadUnsigned(module, manifest, new PluginLoadOptions { Configuration = settings });
        return new TestedPlugin(plugin, _recorder, this, options.Engine is InProcessEngine);
    }

    private PluginManifest Complete(PluginManifest manifest, ReadOnlySpan<byte> module) => manifest with
    {
        Module = ManifestModule.Describe(module),
        Limits = MergedLimits.Of(manifest.Limits, Limits, Options.MaximumLimits),
    };

    // The host ignores settings that no manifest lists; a test that makes one has mistyped it.
    private void RequireKnown(PluginManifest manifest)
    {
        if (_configuration.Keys.FirstOrDefault(key => manifest.Config.All(setting => setting.Key != key)) is { } key)
        {
            throw new ArgumentException($"{manifest.Id} has no setting {key}.");
        }
    }

    private PluginHost CreateHost(PluginHostOptions options) => new(new PluginHostOptions(options)
    {
        Engine = new RecordingEngine(options.Engine, _recorder, options.TimeProvider),
        Permissions = options.Permissions.With(_grants),
    });
}

using System.Collections.Immutable;
using Plugins.Host.Calls;
using Plugins.Host.Errors;
using Plugins.Manifest;

namespace Plugins.Host.Loading;

internal sealed partial class PluginLoader
{
    /// <summary>Loads a module by a manifest that a developer wrote.</summary>
    internal PluginDefinition LoadUnsigned(
        ImmutableArray<byte> module,
        PluginManifest manifest,
        PluginLoadOptions options,
        CancellationToken cancellationToken)
    {
        RequireUnsignedAllowed();
        return DefineUnsigned(
            module,
            manifest,
            options,
            () => Compile(module, manifest, options, cancellationToken),
            cancellationToken);
    }

    /// <summary>Loads a module by a manifest that is made from it.</summary>
    internal PluginDefinition LoadUnsigned(
        ImmutableArray<byte> module, string path, PluginLoadOptions options, CancellationToken cancellationToken)
    {
        RequireUnsignedAllowed();
        var id = options.ExpectedId ?? DevelopmentManifest.IdOf(path);
        var compiled = Time(() => LoadingRules.Compile(
            _environment.Engine, module, EngineOptionsOf(options), id, cancellationToken));
        var manifest = DevelopmentManifest.FromModule(compiled.Module, module.AsSpan(), new DevelopmentManifestOptions
        {
            Id = id,
            Permissions = _permissions,
            ConfigKeys = [.. options.Configuration.Keys],
            FunctionPermissions = _catalog.RenamedPermissions,
        });
        if (manifest.Functions.Count == 0)
        {
            throw new PluginManifestException(
                id,
                ManifestProblem.Format,
                "the module exports neither a function of the type () -> i32 to call nor _start.");
        }

        return DefineUnsigned(module, manifest, options, () => compiled, cancellationToken);
    }

    private PluginDefinition DefineUnsigned(
        ImmutableArray<byte> module,
        PluginManifest manifest,
        PluginLoadOptions options,
        Func<TimedModule> compile,
        CancellationToken cancellationToken)
    {
        LoadingRules.RequireValid(module.AsSpan(), manifest);
        RequireExpected(manifest, options);
        return Define(manifest, options, verified: null, compile, cancellationToken);
    }

    private void RequireUnsignedAllowed()
    {
        if (!_allowsUnsigned)
        {
            throw new InvalidOperationException(
                $"Plugins without a signature are refused unless {nameof(PluginHostOptions.AllowUnsigned)} is set.");
        }
    }
}

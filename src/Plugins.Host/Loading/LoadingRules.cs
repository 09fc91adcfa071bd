using System.Collections.Frozen;
using System.Collections.Immutable;
using Plugins.Host.Abi;
using Plugins.Host.Engines;
using Plugins.Host.Errors;
using Plugins.Manifest;
using Plugins.Manifest.Text;
using Plugins.Wasm;

namespace Plugins.Host.Loading;

/// <summary>The rules of loading that need neither an application nor a grant.</summary>
internal static class LoadingRules
{
    private static readonly SemanticVersion HostApi = SemanticVersion.Parse("1.0.0");

    /// <summary>A manifest that was built in code is valid, and is that of this module.</summary>
    internal static void RequireValid(ReadOnlySpan<byte> module, PluginManifest manifest)
    {
        try
        {
            manifest.Validate();
        }
        catch (ManifestException exception)
        {
            throw new PluginManifestException(manifest.Id, ManifestProblem.Format, exception.Message, exception);
        }

        if (!manifest.Module.Matches(module))
        {
            throw new PluginManifestException(
                manifest.Id, ManifestProblem.ModuleMismatch, "the manifest describes another module.");
        }
    }

    /// <summary>ABI, host API and features are those of this host and the engine.</summary>
    /// <param name="manifest">What the plugin needs.</param>
    /// <param name="engine">What is to run it.</param>
    /// <param name="features">What the application allows of the engine's features; null for all.</param>
    internal static void RequireSupported(
        PluginManifest manifest, IPluginEngine engine, IReadOnlySet<string>? features = null)
    {
        if (manifest.Abi is not (AbiNames.Version or AbiNames.WasiCommand))
        {
            var detail = $"it needs the ABI '{VisibleText.Name(manifest.Abi)}'; "
                + $"this host speaks '{AbiNames.Version}' and '{AbiNames.WasiCommand}'.";
            throw new PluginManifestException(manifest.Id, ManifestProblem.UnsupportedAbi, detail);
        }

        if (manifest.HostApi is { } range && !range.Contains(HostApi))
        {
            throw new PluginManifestException(
                manifest.Id, ManifestProblem.UnsupportedHostApi, $"it is not made for host API {HostApi}.");
        }

        if (manifest.Features.FirstOrDefault(feature => !engine.Features.Contains(feature)) is { } missing)
        {
            var version = $"{engine.Name} {engine.Version}";
            var detail = $"the engine {version} lacks the feature '{VisibleText.Name(missing)}'.";
            throw new PluginManifestException(manifest.Id, ManifestProblem.UnsupportedFeature, detail);
        }

        if (features is not null
            && manifest.Features.FirstOrDefault(name => !features.Contains(name)) is { } disallowed)
        {
            throw new PluginManifestException(
                manifest.Id,
                ManifestProblem.UnsupportedFeature,
                $"the application does not allow the feature '{VisibleText.Name(disallowed)}'.");
        }
    }

    /// <summary>Compiles a module that may use only the features that its manifest lists, if it lists any.</summary>
    /// <remarks>Whether engine and application have them was asked before.</remarks>
    internal static IEngineModule Compile(
        IPluginEngine engine,
        ImmutableArray<byte> module,
        EngineModuleOptions options,
        PluginManifest manifest,
        CancellationToken cancellationToken)
    {
        if (manifest.Features.Count == 0)
        {
            return Compile(engine, module, options, manifest.Id, cancellationToken);
        }

        var listed = options with { Features = manifest.Features.ToFrozenSet(StringComparer.Ordinal) };
        try
        {
            return Compile(engine, module, listed, manifest.Id, cancellationToken);
        }
        catch (PluginUnsupportedFeatureException refusal) when (engine.Features.Contains(refusal.Feature)
            && options.Features?.Contains(refusal.Feature) != false)
        {
            var detail = $"the module uses the feature '{VisibleText.Name(refusal.Feature)}', "
                + "which the manifest does not list.";
            throw new PluginManifestException(manifest.Id, ManifestProblem.UnlistedFeature, detail, refusal);
        }
    }

    /// <summary>Compiles, and tells an engine's exceptions in the host's own words.</summary>
    internal static IEngineModule Compile(
        IPluginEngine engine,
        ImmutableArray<byte> module,
        EngineModuleOptions options,
        PluginId plugin,
        CancellationToken cancellationToken)
    {
        try
        {
            return engine.Compile(module, options, cancellationToken);
        }
        catch (Exception exception) when (engine.Describe(exception) is { } fault)
        {
            throw fault.Kind switch
            {
                EngineFaultKind.Malformed => new PluginMalformedException(
                    plugin, fault.Reason, fault.Offset, exception),
                EngineFaultKind.ModuleLimit => new PluginModuleLimitException(
                    plugin, fault.Subject ?? "items", fault.Allowed, fault.Requested, fault.Offset, exception),
                EngineFaultKind.UnsupportedFeature => new PluginUnsupportedFeatureException(
                    plugin, fault.Subject ?? "unknown", fault.Reason, fault.Offset, fault.FunctionIndex, exception),
                _ => new PluginInvalidException(plugin, fault.Reason, fault.Offset, exception),
            };
        }
    }
}

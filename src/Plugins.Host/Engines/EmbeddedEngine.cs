using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using Plugins.Host.Engines.Embedded;
using Plugins.Manifest;
using Plugins.Wasm;
using Module = Plugins.Wasm.Module;

namespace Plugins.Host.Engines;

/// <summary>The engine that comes with this library, written in C#: nothing native to deploy.</summary>
/// <remarks>
/// Safe for use by many threads; nothing to dispose. Needs a runtime that can compile code when it runs.
/// </remarks>
public sealed class EmbeddedEngine : IPluginEngine
{
    // Of the whole process. Modules have no state; instances, which have all of it, are never shared.
    private readonly ModuleShare<EmbeddedKey, Module> _modules = new();

    private EmbeddedEngine()
    {
    }

    /// <summary>The only instance, which shares compiled code between all hosts of the process.</summary>
    public static EmbeddedEngine Instance { get; } = new();

    /// <inheritdoc/>
    public string Name => "embedded";

    /// <inheritdoc/>
    public string Version { get; } = typeof(Module).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <inheritdoc/>
    public IReadOnlySet<string> Features => Module.Features;

    /// <inheritdoc/>
    /// <remarks>
    /// Bytes whose code is in use somewhere in the process are not compiled again under the same limits.
    /// </remarks>
    /// <exception cref="EmbeddedEngineUnsupportedException">The application was compiled ahead of time.</exception>
    public IEngineModule Compile(
        ImmutableArray<byte> binary,
        ModuleLimits limits,
        bool meterFuel,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(limits);
        return RuntimeFeature.IsDynamicCodeSupported
            ? CompileShared(binary, limits, meterFuel, cancellationToken)
            : throw new EmbeddedEngineUnsupportedException();
    }

    /// <inheritdoc/>
    public EngineFault? Describe(Exception exception) => EmbeddedFaults.Describe(exception);

    /// <exception cref="EmbeddedEngineUnsupportedException">The application was compiled ahead of time.</exception>
    internal static void ThrowIfUnsupported()
    {
        if (!RuntimeFeature.IsDynamicCodeSupported)
        {
            throw new EmbeddedEngineUnsupportedException();
        }
    }

    [RequiresDynamicCode("The embedded engine compiles while the application runs.")]
    private EmbeddedModule CompileShared(
        ImmutableArray<byte> binary, ModuleLimits limits, bool meterFuel, CancellationToken cancellationToken)
    {
        var key = new EmbeddedKey(Sha256Digest.Compute(binary.AsSpan()), limits, meterFuel);
        var options = new ModuleOptions { Limits = limits, MeterFuel = meterFuel };
        return new EmbeddedModule(_modules.GetOrCompile(
            key, () => Module.Compile(binary, options, cancellationToken), cancellationToken));
    }
}

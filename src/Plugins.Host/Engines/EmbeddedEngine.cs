using System.Collections.Immutable;
using System.Reflection;
using Plugins.Host.Engines.Embedded;
using Plugins.Manifest;
using Plugins.Wasm;
using Module = Plugins.Wasm.Module;

namespace Plugins.Host.Engines;

/// <summary>The engine that comes with this library, written in C#: nothing native to deploy.</summary>
/// <remarks>
/// Safe for use by many threads; nothing to dispose. Functions are interpreted at once, and compiled in the background
/// where they are hot, unless its options say otherwise. In applications compiled ahead of time (NativeAOT), where no
/// code can be generated, they are always interpreted.
/// </remarks>
public sealed class EmbeddedEngine : IPluginEngine
{
    // Modules have no state; instances, which have all of it, are never shared.
    private static readonly ModuleShare<EmbeddedKey, Module> s_modules = new();

    /// <summary>Makes an engine; all of the process share the code of modules.</summary>
    /// <param name="options">The engine's options; the defaults where null.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option has no meaning, or is out of range.</exception>
    public EmbeddedEngine(EmbeddedEngineOptions? options = null)
    {
        Options = options ?? EmbeddedEngineOptions.Default;
        Options.Validate();
    }

    /// <summary>One with the default options.</summary>
    public static EmbeddedEngine Instance { get; } = new();

    internal EmbeddedEngineOptions Options { get; }

    /// <inheritdoc/>
    public string Name => "embedded";

    /// <inheritdoc/>
    public string Version { get; } = typeof(Module).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <inheritdoc/>
    public IReadOnlySet<string> Features => Module.Features;

    /// <inheritdoc/>
    /// <remarks>
    /// Bytes whose code is in use somewhere in the process are not compiled again under the same options.
    /// </remarks>
    public IEngineModule Compile(
        ImmutableArray<byte> binary, EngineModuleOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(options.Limits);
        var mode = options.Mode ?? Options.Mode;
        var key = new EmbeddedKey(
            Sha256Digest.Compute(binary.AsSpan()),
            options.Limits,
            options.Features is { } features ? string.Join(' ', features.Order(StringComparer.Ordinal)) : null,
            options.MeterFuel,
            options.CanonicalizesNaNs,
            mode == ExecutionMode.Interpreted,
            mode == ExecutionMode.Compiled,
            Options.CompilationTime);
        return new EmbeddedModule(s_modules.GetOrCompile(
            key, () => Compile(binary, key, options, cancellationToken), cancellationToken));
    }

    /// <inheritdoc/>
    public EngineFault? Describe(Exception exception) => EmbeddedFaults.Describe(exception);

    private static Module Compile(
        ImmutableArray<byte> binary,
        EmbeddedKey key,
        EngineModuleOptions options,
        CancellationToken cancellationToken)
    {
        // What is compiled ahead of the first call is so here, where progress can be told.
        var module = Module.Compile(
            binary,
            new ModuleOptions
            {
                Limits = key.Limits,
                Features = options.Features,
                MeterFuel = key.MeterFuel,
                CanonicalizesNaNs = key.CanonicalizesNaNs,
                Mode = key.IsInterpreted ? ExecutionMode.Interpreted : ExecutionMode.Tiered,
                CompilationTime = key.CompilationTime,
            },
            cancellationToken);
        if (key.IsAhead)
        {
            module.CompileFunctionsAsync(options.Progress, cancellationToken).GetAwaiter().GetResult();
        }

        return module;
    }
}

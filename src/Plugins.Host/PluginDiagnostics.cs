using Plugins.Host.Engines;

namespace Plugins.Host;

/// <summary>The facts of a loaded plugin's compilation, to show or to log.</summary>
/// <remarks>Immutable and safe for use by many threads.</remarks>
public sealed record PluginDiagnostics
{
    internal PluginDiagnostics()
    {
    }

    /// <summary>The engine that runs the plugin, such as <c>wasmtime</c>.</summary>
    public required string Engine { get; init; }

    /// <summary>The engine's version.</summary>
    public required string EngineVersion { get; init; }

    /// <summary>The time that compiling took when the plugin was loaded.</summary>
    /// <value>Near zero where another plugin had the same bytes, whose code is shared.</value>
    /// <remarks>The embedded engine also compiles at a function's first call, which this does not count.</remarks>
    public required TimeSpan CompilationDuration { get; init; }

    /// <summary>Functions that are too large for the compiler to optimize, and run several times slower.</summary>
    /// <value>Empty for most plugins, and on Wasmtime.</value>
    public required IReadOnlyList<UnoptimizedFunction> UnoptimizedFunctions { get; init; }
}

using Plugins.Host.Calls;
using Plugins.Host.Engines;

namespace Plugins.Host;

/// <summary>The facts of a loaded plugin's compilation, to show or to log.</summary>
/// <remarks>
/// Safe for use by many threads. All but <see cref="Functions"/> and <see cref="AbandonedOperations"/> stays as it is.
/// </remarks>
public sealed record PluginDiagnostics
{
    private readonly IEngineModule _module;

    private readonly AbandonedOperations _abandoned;

    internal PluginDiagnostics(IEngineModule module, AbandonedOperations abandoned) =>
        (_module, _abandoned) = (module, abandoned);

    /// <summary>The engine that runs the plugin, such as <c>wasmtime</c>.</summary>
    public required string Engine { get; init; }

    /// <summary>The engine's version.</summary>
    public required string EngineVersion { get; init; }

    /// <summary>The time that compiling took when the plugin was loaded.</summary>
    /// <value>Near zero where another plugin had the same bytes, whose code is shared.</value>
    /// <remarks>What the embedded engine compiles later, in the background, is told by each function.</remarks>
    public required TimeSpan CompilationDuration { get; init; }

    /// <summary>How each of the module's own functions is run, made anew at each look.</summary>
    /// <value>Empty on Wasmtime, which compiles all alike.</value>
    /// <remarks>Plugins with the same bytes and options share functions, and what is told of them.</remarks>
    public IReadOnlyList<FunctionDiagnostics> Functions => _module.Functions;

    /// <summary>How much of the application's code, that stopped calls of the plugin waited for, still runs.</summary>
    /// <value>A number as of now, sessions included; docs/limits.md says what counts.</value>
    public int AbandonedOperations => _abandoned.Count;
}

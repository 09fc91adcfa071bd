using Plugins.Wasm;

namespace Plugins.Host.Engines;

/// <summary>Settings of the embedded engine: how it runs functions, and how long it may compile.</summary>
/// <remarks>Immutable and safe for use by many threads.</remarks>
public sealed record EmbeddedEngineOptions
{
    /// <summary>The defaults, in an object of the caller's own.</summary>
    public static EmbeddedEngineOptions Default => new();

    /// <summary>How functions are run, where <see cref="PluginLoadOptions.Mode"/> says nothing else.</summary>
    /// <value><see cref="ExecutionMode.Tiered"/>.</value>
    /// <remarks>In an application compiled ahead of time (NativeAOT), all modes interpret.</remarks>
    public ExecutionMode Mode { get; init; } = ExecutionMode.Tiered;

    /// <summary>The most time that compiling a plugin's functions may take, over its life.</summary>
    /// <value>30 seconds; zero to a day.</value>
    /// <remarks>No call waits for it, and none is charged. What is not compiled by then stays interpreted.</remarks>
    public TimeSpan CompilationTime { get; init; } = TimeSpan.FromSeconds(30);

    internal static TimeSpan MostCompilationTime { get; } = TimeSpan.FromDays(1);

    /// <exception cref="ArgumentOutOfRangeException">An option has no meaning, or is out of range.</exception>
    internal void Validate()
    {
        if (Mode is < ExecutionMode.Tiered or > ExecutionMode.Compiled)
        {
            throw new ArgumentOutOfRangeException(nameof(Mode), Mode, "There is no such mode.");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(CompilationTime, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(CompilationTime, MostCompilationTime);
    }
}

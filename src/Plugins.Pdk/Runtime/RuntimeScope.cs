namespace Plugins.Pdk.Runtime;

/// <summary>The time in which a runtime is the current one of a thread.</summary>
/// <remarks>Whoever entered the runtime disposes it, on the same thread.</remarks>
public readonly ref struct RuntimeScope
{
    private readonly PluginRuntime? _outer;

    internal RuntimeScope(PluginRuntime? outer) => _outer = outer;

    /// <summary>Makes the runtime that was current before the current one again.</summary>
    public void Dispose() => PluginRuntime.Leave(_outer);
}

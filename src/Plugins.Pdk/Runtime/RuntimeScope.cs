namespace Plugins.Pdk.Runtime;

/// <summary>A scope in which a runtime is current on a thread.</summary>
/// <remarks>Whoever entered the runtime disposes it, on the same thread.</remarks>
public readonly ref struct RuntimeScope
{
    private readonly PluginRuntime? _outer;

    internal RuntimeScope(PluginRuntime? outer) => _outer = outer;

    /// <summary>Restores the runtime that was current before.</summary>
    public void Dispose() => PluginRuntime.Leave(_outer);
}

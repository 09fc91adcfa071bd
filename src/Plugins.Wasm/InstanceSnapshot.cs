using Plugins.Wasm.Runtime;

namespace Plugins.Wasm;

/// <summary>The state of an instance at one moment: its own memories, globals, tables and dropped segments.</summary>
/// <remarks>
/// Immutable, held in managed memory, safe for use by many threads. What the instance imported is not part of it.
/// Restored by <see cref="Instance.Restore"/>.
/// </remarks>
public sealed class InstanceSnapshot
{
    internal InstanceSnapshot(Module module, InstanceState state)
    {
        Module = module;
        State = state;
    }

    /// <summary>What it is a snapshot of an instance of.</summary>
    public Module Module { get; }

    internal InstanceState State { get; }
}

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

    /// <summary>The module of the instance it was taken from.</summary>
    public Module Module { get; }

    /// <summary>Bytes of the memories' contents that it holds, which is about what restoring it copies.</summary>
    /// <remarks>Pages that were zero are not among them.</remarks>
    public long ByteLength => State.Memories.Sum(image => (long)image.ByteLength);

    internal InstanceState State { get; }
}

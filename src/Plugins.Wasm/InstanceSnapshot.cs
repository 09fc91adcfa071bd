using Plugins.Wasm.Runtime;

namespace Plugins.Wasm;

/// <summary>The state of an instance at one moment: its own memories, globals, tables and dropped segments.</summary>
/// <remarks>
/// Immutable, held in managed memory. What the instance imported is not part of it. Restored by
/// <see cref="Instance.Restore"/> into the instance it was taken from or another one of the same module.
/// </remarks>
public sealed class InstanceSnapshot
{
    internal InstanceSnapshot(Module module) => Module = module;

    internal Module Module { get; }

    internal required GlobalSlots Slots { get; init; }

    internal required long[] CellBits { get; init; }

    internal required object?[] CellReferences { get; init; }

    internal required MemoryImage[] Memories { get; init; }

    /// <summary>Empty where the module has no way to change its tables.</summary>
    internal required object?[][] Tables { get; init; }

    internal required bool[]? DroppedData { get; init; }

    internal required bool[]? DroppedElements { get; init; }
}

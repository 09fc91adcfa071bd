using System.Runtime.Intrinsics;
using Plugins.Wasm.Runtime.Code;
using Plugins.Wasm.Runtime.Memories;

namespace Plugins.Wasm.Runtime;

/// <summary>What a snapshot holds.</summary>
internal sealed class InstanceState
{
    public required GlobalSlots Slots { get; init; }

    public required long[] CellBits { get; init; }

    public required object?[] CellReferences { get; init; }

    public required Vector128<byte>[] CellVectors { get; init; }

    /// <summary>Of the memories the instance does not import.</summary>
    public required MemoryImage[] Memories { get; init; }

    /// <summary>Of the tables the instance does not import; empty where the module has no way to change them.</summary>
    public required object?[][] Tables { get; init; }

    public required bool[]? DroppedData { get; init; }

    public required bool[]? DroppedElements { get; init; }
}

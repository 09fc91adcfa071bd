namespace Plugins.Wasm.Binary;

/// <summary>What follows an opcode in the code.</summary>
/// <remarks>WebAssembly 2.0, section 5.4.</remarks>
internal enum ImmediateKind : byte
{
    /// <summary>There is no such instruction.</summary>
    Illegal,

    None,

    /// <summary>A type of a block.</summary>
    Block,

    /// <summary>A block's type and the count of clauses; these follow, left to the consumer.</summary>
    TryTable,

    /// <summary>One index.</summary>
    Index,

    /// <summary>Two indices.</summary>
    IndexPair,

    /// <summary>The count of targets; the targets and the default follow, left to the consumer.</summary>
    BranchTargets,

    /// <summary>A list of value types.</summary>
    ValueTypes,

    ReferenceType,

    /// <summary>A heap type; the opcode says whether null is among its values.</summary>
    HeapType,

    /// <summary>Flags, a label, and the heap types before and after a cast.</summary>
    CastBranch,

    /// <summary>An alignment, a memory index where it is not zero, and an offset.</summary>
    MemoryAccess,

    Int32,

    Int64,

    Float32,

    Float64,

    /// <summary>The number of a vector's lane.</summary>
    Lane,

    /// <summary>An alignment, an offset and the number of a lane.</summary>
    MemoryLane,

    /// <summary>16 bytes: a vector, or the numbers of 16 lanes.</summary>
    Vector,
}

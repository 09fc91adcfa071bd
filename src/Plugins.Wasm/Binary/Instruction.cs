using Plugins.Wasm.Types;

namespace Plugins.Wasm.Binary;

/// <summary>One decoded instruction. Which fields mean something depends on the opcode.</summary>
/// <remarks>
/// The targets of <c>br_table</c> are not here: the reader stands before them, and the consumer reads
/// <see cref="Index"/> + 1 of them itself, so that no instruction needs an array.
/// </remarks>
internal readonly record struct Instruction(Opcode Opcode, int Offset)
{
    /// <summary>
    /// A label, local, global, function, table, segment or type index; for <c>br_table</c> the number of targets
    /// without the default; for a memory access the memory index; for <c>select t*</c> the number of types.
    /// </summary>
    public uint Index { get; init; }

    /// <summary>The second index: <c>call_indirect</c>'s and <c>table.init</c>'s table, the source of <c>*.copy</c>;
    /// for a memory access the exponent of its alignment.</summary>
    public uint SecondIndex { get; init; }

    /// <summary>The bits of a constant, or the offset of a memory access.</summary>
    public ulong Immediate { get; init; }

    /// <summary>The type of a block, loop or if.</summary>
    public BlockType BlockType { get; init; }

    /// <summary>The type of <c>ref.null</c>, or the one type of <c>select t</c>.</summary>
    public ValueKind Kind { get; init; }
}

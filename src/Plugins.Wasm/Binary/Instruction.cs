using Plugins.Wasm.Types;

namespace Plugins.Wasm.Binary;

/// <summary>One decoded instruction. Which properties mean something depends on the opcode.</summary>
/// <remarks>
/// 24 bytes, written once for each instruction: a block's type shares the fields of index and kind. The targets of
/// <c>br_table</c> are not here: the reader stands before them, and the consumer reads <see cref="Index"/> + 1 of them
/// itself, so that no instruction needs an array.
/// </remarks>
internal readonly struct Instruction(
    Opcode opcode,
    int offset,
    uint index = 0,
    uint secondIndex = 0,
    ulong immediate = 0,
    ValueCode code = default,
    byte lane = 0)
{
    public Opcode Opcode { get; } = opcode;

    /// <summary>The lane that it reads or writes.</summary>
    public byte Lane { get; } = lane;

    /// <summary>
    /// The type of <c>ref.null</c> or a cast, or the one type of <c>select t</c>.
    /// </summary>
    public ValueCode Code { get; } = code;

    /// <summary>The same as it is held.</summary>
    public ValueKind Kind => Code.Kind;

    /// <summary>Where its opcode stands, in bytes from the start of the module.</summary>
    public int Offset { get; } = offset;

    /// <summary>
    /// A label, local, global, function, table, segment or type index; for <c>br_table</c> the number of targets
    /// without the default; for a memory access the memory index; for <c>select t*</c> the number of types.
    /// </summary>
    public uint Index { get; } = index;

    /// <summary>The second index: <c>call_indirect</c>'s and <c>table.init</c>'s table, the source of <c>*.copy</c>;
    /// for a memory access the exponent of its alignment.</summary>
    public uint SecondIndex { get; } = secondIndex;

    /// <summary>
    /// The bits of a constant, the offset of a memory access, or the type before a cast that branches; where 16 bytes
    /// follow, where these are in the module.
    /// </summary>
    public ulong Immediate { get; } = immediate;

    /// <summary>The type of a block, loop or if.</summary>
    public BlockType BlockType => new((int)Index, Code);

    /// <summary>The same instruction on a lane.</summary>
    public Instruction WithLane(byte lane) => new(Opcode, Offset, Index, SecondIndex, Immediate, Code, lane);
}

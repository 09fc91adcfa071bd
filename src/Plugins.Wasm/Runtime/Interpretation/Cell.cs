using System.Runtime.InteropServices;

namespace Plugins.Wasm.Runtime.Interpretation;

/// <summary>An instruction of the interpreter, or the 64 bits that follow one.</summary>
[StructLayout(LayoutKind.Explicit, Size = sizeof(ulong))]
internal struct Cell
{
    [FieldOffset(0)]
    public Operation Operation;

    /// <summary>Most often the slot of the result.</summary>
    [FieldOffset(2)]
    public ushort A;

    [FieldOffset(4)]
    public ushort B;

    [FieldOffset(6)]
    public ushort C;

    /// <summary>A signed immediate in place of <see cref="C"/>.</summary>
    [FieldOffset(6)]
    public short Immediate;

    /// <summary>A number, or a branch's distance in cells, in place of <see cref="B"/> and <see cref="C"/>.</summary>
    [FieldOffset(4)]
    public int Number;

    /// <summary>A number in the half of the cell before <see cref="Number"/>.</summary>
    [FieldOffset(0)]
    public int Left;

    /// <summary>The cell as bits.</summary>
    [FieldOffset(0)]
    public ulong Bits;
}

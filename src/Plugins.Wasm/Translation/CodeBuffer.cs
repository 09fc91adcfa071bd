using System.Runtime.InteropServices;
using Plugins.Wasm.Runtime.Interpretation;

namespace Plugins.Wasm.Translation;

/// <summary>The instructions of a function, as they are made.</summary>
internal sealed class CodeBuffer
{
    /// <summary>Ends a chain of branches; stands for no instruction, too.</summary>
    public const int None = -1;

    private Cell[] _cells = new Cell[64];

    public int Count { get; private set; }

    /// <summary>
    /// The instruction that stored the topmost operand in its own slot, if it came last and may store it elsewhere.
    /// </summary>
    public int Producer { get; private set; } = None;

    public ref Cell this[int index] => ref _cells[index];

    /// <returns>The index of the instruction.</returns>
    public int Emit(Operation operation, int a = 0, int b = 0, int c = 0)
    {
        ref Cell cell = ref Add();
        cell.Operation = operation;
        cell.A = (ushort)a;
        cell.B = (ushort)b;
        cell.C = (ushort)c;
        return Count - 1;
    }

    /// <returns>The index of the instruction.</returns>
    public int EmitNumber(Operation operation, int a, int number)
    {
        ref Cell cell = ref Add();
        cell.Operation = operation;
        cell.A = (ushort)a;
        cell.Number = number;
        return Count - 1;
    }

    /// <summary>Adds the cell that follows an instruction.</summary>
    /// <returns>Its index.</returns>
    public int Append(int left, int number)
    {
        ref Cell cell = ref Add();
        cell.Left = left;
        cell.Number = number;
        return Count - 1;
    }

    /// <inheritdoc cref="Append(int, int)"/>
    public int Append(ulong bits)
    {
        ref Cell cell = ref Add();
        cell.Bits = bits;
        return Count - 1;
    }

    /// <summary>Says that an instruction, which came last, stored the topmost operand.</summary>
    public void Produced(int instruction) => Producer = instruction;

    /// <summary>Takes the last instruction back.</summary>
    public Cell TakeBack()
    {
        Cell cell = _cells[Producer];
        Count = Producer;
        Producer = None;
        return cell;
    }

    /// <summary>Puts a branch into the chain of those whose target is not known yet.</summary>
    /// <param name="cell">The cell with its distance.</param>
    /// <param name="chain">The branch before it.</param>
    public void Chain(int cell, ref int chain)
    {
        _cells[cell].Number = chain;
        chain = cell;
    }

    /// <summary>Makes the branches of a chain go to the next instruction.</summary>
    public void Land(ref int chain)
    {
        while (chain != None)
        {
            ref int distance = ref _cells[chain].Number;
            int cell = chain;
            chain = distance;
            distance = Count - (cell + 1);
        }

        // What comes next can be reached otherwise than from the last instruction.
        Producer = None;
    }

    /// <summary>A copy in native memory, which the caller owns.</summary>
    public unsafe Cell* ToNative()
    {
        nuint bytes = (nuint)Count * (nuint)sizeof(Cell);
        var code = (Cell*)NativeMemory.Alloc(bytes);
        fixed (Cell* cells = _cells)
        {
            NativeMemory.Copy(cells, code, bytes);
        }

        return code;
    }

    private ref Cell Add()
    {
        if (Count == _cells.Length)
        {
            Array.Resize(ref _cells, 2 * Count);
        }

        Producer = None;
        ref Cell cell = ref _cells[Count++];
        cell = default;
        return ref cell;
    }
}

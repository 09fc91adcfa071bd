namespace Plugins.Wasm.Debugging.Dwarf.Lines;

/// <summary>The registers of the line machine.</summary>
/// <remarks>DWARF 5, section 6.2.2.</remarks>
internal struct LineRegisters
{
    public ulong Address;
    public ulong File;
    public uint Line;
    public ulong Column;

    public static LineRegisters Initial => new() { File = 1, Line = 1 };

    /// <summary>The address, which is 0 where it is no WebAssembly module's.</summary>
    public readonly uint Address32 => Address <= int.MaxValue ? (uint)Address : 0;

    public void Advance(ulong bytes) => Address = unchecked(Address + bytes);

    /// <summary>Adds a row, unless it goes back, which none may.</summary>
    public readonly bool TryEmit(LineTable table, int firstRow, int firstFile, int files)
    {
        if (table.RowCount > firstRow && Address32 < table.LastAddress)
        {
            return false;
        }

        table.Add(new LineRow(
            Address32,
            File < (ulong)files ? firstFile + (int)File : -1,
            (int)Math.Min(Line, int.MaxValue),
            (int)Math.Min(Column, int.MaxValue)));
        return true;
    }
}

namespace Plugins.Wasm.Text.Instructions;

/// <summary>References, structures and arrays. WebAssembly 3.0, sections 5.4.4 and 5.4.5.</summary>
internal static class ReferenceInstructions
{
    private const byte Prefix = 0xFB;

    public static void AddTo(InstructionTable table)
    {
        table.Add(0xD0, Immediates.HeapType, "ref.null");
        table.Add(0xD1, Immediates.None, "ref.is_null");
        table.Add(0xD2, Immediates.Function, "ref.func");
        table.Add(0xD3, Immediates.None, "ref.eq ref.as_non_null");
        table.Add(0xD5, Immediates.Label, "br_on_null br_on_non_null");
        table.Add(Prefix, 0x00, Immediates.Type, "struct.new struct.new_default");
        table.Add(Prefix, 0x02, Immediates.TypeAndField, "struct.get struct.get_s struct.get_u struct.set");
        table.Add(Prefix, 0x06, Immediates.Type, "array.new array.new_default");
        table.Add(Prefix, 0x08, Immediates.TypeAndCount, "array.new_fixed");
        table.Add(Prefix, 0x09, Immediates.TypeAndData, "array.new_data");
        table.Add(Prefix, 0x0A, Immediates.TypeAndElement, "array.new_elem");
        table.Add(Prefix, 0x0B, Immediates.Type, "array.get array.get_s array.get_u array.set");
        table.Add(Prefix, 0x0F, Immediates.None, "array.len");
        table.Add(Prefix, 0x10, Immediates.Type, "array.fill");
        table.Add(Prefix, 0x11, Immediates.TypePair, "array.copy");
        table.Add(Prefix, 0x12, Immediates.TypeAndData, "array.init_data");
        table.Add(Prefix, 0x13, Immediates.TypeAndElement, "array.init_elem");
        table.Add(Prefix, 0x14, Immediates.ReferenceType, "ref.test ref.test ref.cast ref.cast");
        table.Add(Prefix, 0x18, Immediates.BranchOnCast, "br_on_cast br_on_cast_fail");
        table.Add(
            Prefix,
            0x1A,
            Immediates.None,
            "any.convert_extern extern.convert_any ref.i31 i31.get_s i31.get_u");
    }
}

namespace Plugins.Wasm.Debugging.Dwarf;

/// <summary>An attribute's value as it is written.</summary>
/// <param name="Form">How.</param>
/// <param name="Number">A number, an offset or an index.</param>
/// <param name="Text">The text that stands there.</param>
internal readonly record struct DwarfValue(DwarfForm Form, ulong Number, DwarfText Text = default)
{
    /// <summary>Whether it is an address, and not a distance from one.</summary>
    public bool IsAddress => Form is DwarfForm.Addr or DwarfForm.Addrx or (>= DwarfForm.Addrx1 and <= DwarfForm.Addrx4);

    /// <summary>Reads a value.</summary>
    /// <remarks>Of blocks, only that they are there.</remarks>
    public static DwarfValue Read(
        ref DwarfReader reader, DwarfSection section, DwarfForm form, in DwarfSizes sizes, long implicitValue = 0)
    {
        // A form that names its form, and so on: each takes a byte.
        while (form == DwarfForm.Indirect)
        {
            form = (DwarfForm)(int)Math.Min(reader.ReadUnsigned(), int.MaxValue);
        }

        if (form == DwarfForm.String)
        {
            return new DwarfValue(form, 0, reader.ReadText(section));
        }

        return new DwarfValue(form, ReadNumber(ref reader, form, sizes, implicitValue));
    }

    /// <summary>Bytes of a value where offsets and addresses have 4; -1 where that differs.</summary>
    public static int LengthOf(DwarfForm form) => form switch
    {
        DwarfForm.FlagPresent or DwarfForm.ImplicitConst => 0,
        DwarfForm.Data1 or DwarfForm.Flag or DwarfForm.Ref1 or DwarfForm.Strx1 or DwarfForm.Addrx1 => 1,
        DwarfForm.Data2 or DwarfForm.Ref2 or DwarfForm.Strx2 or DwarfForm.Addrx2 => 2,
        DwarfForm.Strx3 or DwarfForm.Addrx3 => 3,
        DwarfForm.Data4 or DwarfForm.Ref4 or DwarfForm.RefSup4 or DwarfForm.Strx4 or DwarfForm.Addrx4 => 4,
        DwarfForm.Addr or DwarfForm.RefAddr or DwarfForm.Strp or DwarfForm.LineStrp or DwarfForm.SecOffset => 4,
        DwarfForm.Data8 or DwarfForm.Ref8 or DwarfForm.RefSig8 or DwarfForm.RefSup8 => 8,
        DwarfForm.Data16 => 16,
        _ => -1,
    };

    private static ulong ReadNumber(ref DwarfReader reader, DwarfForm form, in DwarfSizes sizes, long implicitValue)
    {
        switch (form)
        {
            case DwarfForm.Addr:
                return reader.ReadNumber(sizes.Address);
            case DwarfForm.Data1 or DwarfForm.Flag or DwarfForm.Ref1 or DwarfForm.Strx1 or DwarfForm.Addrx1:
                return reader.ReadByte();
            case DwarfForm.Data2 or DwarfForm.Ref2 or DwarfForm.Strx2 or DwarfForm.Addrx2:
                return reader.ReadUInt16();
            case DwarfForm.Strx3 or DwarfForm.Addrx3:
                return reader.ReadNumber(3);
            case DwarfForm.Data4 or DwarfForm.Ref4 or DwarfForm.RefSup4 or DwarfForm.Strx4 or DwarfForm.Addrx4:
                return reader.ReadUInt32();
            case DwarfForm.Data8 or DwarfForm.Ref8 or DwarfForm.RefSig8 or DwarfForm.RefSup8:
                return reader.ReadUInt64();
            case DwarfForm.Data16:
                return reader.ReadNumber(16);
            case DwarfForm.Sdata:
                return (ulong)reader.ReadSigned();
            case DwarfForm.Udata or DwarfForm.RefUdata or DwarfForm.Strx or DwarfForm.Addrx or DwarfForm.Loclistx
                or DwarfForm.Rnglistx:
                return reader.ReadUnsigned();
            case DwarfForm.Strp or DwarfForm.LineStrp or DwarfForm.StrpSup or DwarfForm.SecOffset:
                return reader.ReadNumber(sizes.Offset);
            case DwarfForm.RefAddr:
                return reader.ReadNumber(sizes.Version == 2 ? sizes.Address : sizes.Offset);
            case DwarfForm.FlagPresent:
                return 1;
            case DwarfForm.ImplicitConst:
                return (ulong)implicitValue;
            default:
                reader.ReadBytes(LengthOfBlock(ref reader, form));
                return 0;
        }
    }

    private static ulong LengthOfBlock(ref DwarfReader reader, DwarfForm form) => form switch
    {
        DwarfForm.Block or DwarfForm.Exprloc => reader.ReadUnsigned(),
        DwarfForm.Block1 => reader.ReadByte(),
        DwarfForm.Block2 => reader.ReadUInt16(),
        DwarfForm.Block4 => reader.ReadUInt32(),
        _ => throw new MalformedModuleException("unknown form in debug information", reader.Position),
    };
}

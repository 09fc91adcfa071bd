namespace Plugins.Wasm.Debugging.Dwarf;

/// <summary>A unit of debugging information entries.</summary>
/// <param name="data">The sections.</param>
/// <param name="start">Where its header begins.</param>
/// <param name="entries">Where its entries begin.</param>
/// <param name="end">The byte after it.</param>
/// <param name="sizes">How it is written.</param>
/// <param name="abbreviations">What its entries consist of.</param>
/// <remarks>DWARF 5, section 7.5.1.</remarks>
internal sealed class DwarfUnit(
    DwarfData data, int start, int entries, int end, DwarfSizes sizes, Dictionary<ulong, Abbreviation> abbreviations)
{
    public int Start => start;

    public int Entries => entries;

    public int End => end;

    public DwarfSizes Sizes => sizes;

    /// <summary>Where its line program begins.</summary>
    public ulong? Lines { get; private set; }

    /// <summary>The address that ranges are counted from.</summary>
    public ulong BaseAddress { get; private set; }

    private ulong AddressBase { get; set; }

    private ulong TextBase { get; set; }

    private ulong RangeBase { get; set; }

    /// <summary>Reads its first entry, which tells where its strings, addresses and lines are.</summary>
    public void ReadFirstEntry()
    {
        DwarfReader reader = Reader(entries);
        if (DwarfEntry.Begin(ref reader, this) is Abbreviation abbreviation)
        {
            DwarfEntry entry = DwarfEntry.Read(ref reader, this, abbreviation);
            Lines = entry.Lines?.Number;
            AddressBase = entry.AddressBase;
            TextBase = entry.TextBase;
            RangeBase = entry.RangeBase;
            BaseAddress = entry.LowPc is DwarfValue low ? AddressOf(low) : 0;
        }
    }

    /// <summary>Reads from a position in the section of entries, no further than the unit's end.</summary>
    public DwarfReader Reader(int position) => new(data[DwarfSection.Info][..end], position);

    /// <summary>The abbreviation of a code; null where there is none.</summary>
    public Abbreviation? AbbreviationOf(ulong code) => abbreviations.GetValueOrDefault(code);

    public ulong AddressOf(in DwarfValue value) =>
        value.Form == DwarfForm.Addr ? value.Number : AddressAt(value.Number);

    /// <summary>The address of an index.</summary>
    public ulong AddressAt(ulong index) => data
        .At(DwarfSection.Addr, At(AddressBase, index, sizes.Address)).ReadNumber(sizes.Address);

    public DwarfText? TextOf(in DwarfValue value) => value.Form switch
    {
        DwarfForm.String => value.Text,
        DwarfForm.Strp => data.TextAt(DwarfSection.Str, value.Number),
        DwarfForm.LineStrp => data.TextAt(DwarfSection.LineStr, value.Number),
        DwarfForm.Strx or (>= DwarfForm.Strx1 and <= DwarfForm.Strx4) => data.TextAt(
            DwarfSection.Str,
            data.At(DwarfSection.StrOffsets, At(TextBase, value.Number, sizes.Offset)).ReadNumber(sizes.Offset)),
        _ => null,
    };

    /// <summary>Where a list of ranges begins in its section.</summary>
    public ulong RangesOf(in DwarfValue value) => value.Form == DwarfForm.Rnglistx
        ? RangeBase + data
            .At(DwarfSection.Rnglists, At(RangeBase, value.Number, sizes.Offset)).ReadNumber(sizes.Offset)
        : value.Number;

    /// <summary>Where an entry stands that another refers to; null where it is in no section that is read.</summary>
    public ulong? ReferenceOf(in DwarfValue value) => value.Form switch
    {
        DwarfForm.RefAddr => value.Number,
        (>= DwarfForm.Ref1 and <= DwarfForm.Ref8) or DwarfForm.RefUdata => (ulong)start + value.Number,
        _ => null,
    };

    private static ulong At(ulong start, ulong index, int size) =>
        index <= int.MaxValue ? start + (index * (ulong)size) : ulong.MaxValue;
}

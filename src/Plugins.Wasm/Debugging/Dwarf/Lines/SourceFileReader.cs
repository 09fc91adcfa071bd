namespace Plugins.Wasm.Debugging.Dwarf.Lines;

/// <summary>Reads the directories and files of a unit's line program.</summary>
/// <remarks>DWARF 5, section 6.2.4.1; 6.2.4 of DWARF 4 for older ones.</remarks>
internal static class SourceFileReader
{
    private const ulong Path = 1, DirectoryIndex = 2;

    public static void Read(ref DwarfReader reader, DwarfData data, in DwarfSizes sizes, List<SourceFile> files)
    {
        if (sizes.Version >= DwarfSizes.NewestVersion)
        {
            List<(DwarfText Text, ulong Directory)> directories = ReadEntries(ref reader, data, sizes, files.Count);
            DwarfText root = directories.Count > 0 ? directories[0].Text : default;
            foreach ((DwarfText name, ulong directory) in ReadEntries(
                ref reader, data, sizes, files.Count + directories.Count))
            {
                files.Add(new SourceFile(DirectoryAt(directories, directory), name, root));
            }
        }
        else
        {
            ReadOld(ref reader, files);
        }
    }

    // The first directory is the compilation's, which paths are shown relative to.
    private static DwarfText DirectoryAt(List<(DwarfText Text, ulong Directory)> directories, ulong index) =>
        index > 0 && index < (ulong)directories.Count ? directories[(int)index].Text : default;

    private static List<(DwarfText Text, ulong Directory)> ReadEntries(
        ref DwarfReader reader, DwarfData data, in DwarfSizes sizes, int present)
    {
        (ulong Content, DwarfForm Form)[] format = new (ulong, DwarfForm)[reader.ReadByte()];
        for (int i = 0; i < format.Length; i++)
        {
            format[i] = (reader.ReadUnsigned(), (DwarfForm)(int)Math.Min(reader.ReadUnsigned(), int.MaxValue));
        }

        List<(DwarfText, ulong)> entries = [];
        for (ulong count = reader.ReadUnsigned(); count > 0; count--)
        {
            int start = reader.Position;
            entries.Add(ReadEntry(ref reader, data, sizes, format));

            // Entries that take no bytes could be any number.
            if (reader.Position == start || present + entries.Count > LineTable.MaximumFiles)
            {
                throw new MalformedModuleException("too many files in debug information", start);
            }
        }

        return entries;
    }

    private static (DwarfText Text, ulong Directory) ReadEntry(
        ref DwarfReader reader, DwarfData data, in DwarfSizes sizes, (ulong Content, DwarfForm Form)[] format)
    {
        DwarfText text = default;
        ulong directory = 0;
        foreach ((ulong content, DwarfForm form) in format)
        {
            DwarfValue value = DwarfValue.Read(ref reader, DwarfSection.Line, form, sizes);
            if (content == Path)
            {
                text = TextOf(data, value);
            }
            else if (content == DirectoryIndex)
            {
                directory = value.Number;
            }
        }

        return (text, directory);
    }

    private static DwarfText TextOf(DwarfData data, in DwarfValue value) => value.Form switch
    {
        DwarfForm.LineStrp => data.TextAt(DwarfSection.LineStr, value.Number),
        DwarfForm.Strp => data.TextAt(DwarfSection.Str, value.Number),
        _ => value.Text,
    };

    // Both lists end with an empty name. Numbers begin with 1, so that there is a file 0 that has no name.
    private static void ReadOld(ref DwarfReader reader, List<SourceFile> files)
    {
        List<(DwarfText Text, ulong Directory)> directories = [default];
        for (DwarfText text = Next(ref reader); text.Length > 0; text = Next(ref reader))
        {
            directories.Add((text, 0));
            ThrowIfTooMany(files.Count + directories.Count, text);
        }

        files.Add(default);
        for (DwarfText text = Next(ref reader); text.Length > 0; text = Next(ref reader))
        {
            files.Add(new SourceFile(DirectoryAt(directories, reader.ReadUnsigned()), text, default));
            ThrowIfTooMany(files.Count, text);

            // The times and sizes of files say nothing here.
            reader.ReadUnsigned();
            reader.ReadUnsigned();
        }
    }

    private static DwarfText Next(ref DwarfReader reader) => reader.ReadText(DwarfSection.Line);

    private static void ThrowIfTooMany(int files, DwarfText text)
    {
        if (files > LineTable.MaximumFiles)
        {
            throw new MalformedModuleException("too many files in debug information", text.Start);
        }
    }
}

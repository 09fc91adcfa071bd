using System.Text;
using Plugins.Wasm.Diagnostics;

namespace Plugins.Wasm.Debugging.Dwarf;

/// <summary>The sections of a module's debug information.</summary>
internal sealed class DwarfData
{
    // Longer ones are cut: many entries may name the same text, and each looks for its end.
    private const int MaximumText = 4_096;

    private readonly ReadOnlyMemory<byte>[] _sections;

    public DwarfData(DebugSections sections) => _sections =
    [
        sections.Get(".debug_abbrev"),
        sections.Get(".debug_addr"),
        sections.Get(".debug_info"),
        sections.Get(".debug_line"),
        sections.Get(".debug_line_str"),
        sections.Get(".debug_ranges"),
        sections.Get(".debug_rnglists"),
        sections.Get(".debug_str"),
        sections.Get(".debug_str_offsets"),
    ];

    public ReadOnlySpan<byte> this[DwarfSection section] => _sections[(int)section].Span;

    /// <summary>Reads a section from an offset on.</summary>
    public DwarfReader At(DwarfSection section, ulong offset) =>
        new(this[section], (long)Math.Min(offset, long.MaxValue));

    /// <summary>The text that stands at an offset.</summary>
    public DwarfText TextAt(DwarfSection section, ulong offset)
    {
        int start = At(section, offset).Position;
        ReadOnlySpan<byte> text = this[section][start..];
        text = text[..Math.Min(text.Length, MaximumText)];
        int length = text.IndexOf((byte)0);
        return new DwarfText(section, start, length < 0 ? text.Length : length);
    }

    public string Read(DwarfText text) =>
        Encoding.UTF8.GetString(this[text.Section].Slice(text.Start, Math.Min(text.Length, MaximumText)));

    public static string Cut(string text) => ForeignText.Cut(text, ForeignText.NameBytes);
}

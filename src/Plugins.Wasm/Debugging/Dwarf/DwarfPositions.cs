using System.Collections.Immutable;
using Plugins.Wasm.Debugging.Dwarf.Lines;
using Plugins.Wasm.Diagnostics;
using Plugins.Wasm.Diagnostics.Demangling;

namespace Plugins.Wasm.Debugging.Dwarf;

/// <summary>What a module's DWARF tells of its instructions.</summary>
internal sealed class DwarfPositions
{
    // From a call to a definition to its declaration.
    private const int MaximumReferences = 4;

    private readonly DwarfData _data;
    private readonly LineTable _lines;
    private readonly Lazy<InlineTable> _inlines;

    private DwarfPositions(DwarfData data, LineTable lines)
    {
        _data = data;
        _lines = lines;
        _inlines = new Lazy<InlineTable>(() => InlineTable.Read(data));
    }

    /// <summary>Reads what there is; null where there are no lines.</summary>
    public static DwarfPositions? Read(DebugSections sections)
    {
        DwarfData data = new(sections);
        LineTable lines = LineTable.Read(data);
        return lines.IsEmpty ? null : new DwarfPositions(data, lines);
    }

    /// <summary>The functions at an address, innermost first; empty where the address has no line.</summary>
    public ImmutableArray<SourceFrame> Find(int address)
    {
        if (_lines.Find((uint)address) is not SourcePosition position)
        {
            return [];
        }

        List<InlinedCode> inlined = _inlines.Value.Find((uint)address);
        var frames = ImmutableArray.CreateBuilder<SourceFrame>(inlined.Count + 1);
        for (int i = inlined.Count - 1; i >= 0; i--)
        {
            InlinedCode code = inlined[i];
            frames.Add(new SourceFrame(NameOf(code.Origin) ?? "?", position));
            if (CallOf(code) is not SourcePosition call)
            {
                // Without it, nobody knows where the functions around it are.
                break;
            }

            position = call;
        }

        if (frames.Count == inlined.Count)
        {
            frames.Add(new SourceFrame(null, position));
        }

        return frames.DrainToImmutable();
    }

    private SourcePosition? CallOf(in InlinedCode code) =>
        _inlines.Value.Units[code.Unit].Lines is ulong lines
            ? _lines.PositionIn(lines, (ulong)code.CallFile, code.CallLine, code.CallColumn)
            : null;

    private string? NameOf(int origin)
    {
        try
        {
            ulong? position = (ulong)origin;
            for (int i = 0; i < MaximumReferences && position is ulong place; i++)
            {
                if (!_inlines.Value.TryReadEntry(place, out DwarfUnit? unit, out DwarfEntry entry))
                {
                    return null;
                }

                if (TextOf(unit!, entry.LinkageName) is string mangled)
                {
                    return DwarfData.Cut(Demangler.TryDemangle(mangled) ?? mangled);
                }

                if (TextOf(unit!, entry.Name) is string name)
                {
                    return DwarfData.Cut(name);
                }

                position = entry.Origin is DwarfValue next ? unit!.ReferenceOf(next) : null;
            }
        }
        catch (MalformedModuleException)
        {
            // It has no name that can be read.
        }

        return null;
    }

    private string? TextOf(DwarfUnit unit, in DwarfValue? value) =>
        value is DwarfValue text && unit.TextOf(text) is DwarfText place ? _data.Read(place) : null;
}

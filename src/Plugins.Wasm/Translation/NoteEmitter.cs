using Plugins.Wasm.Runtime.Interpretation;
using Plugins.Wasm.Scanning;

namespace Plugins.Wasm.Translation;

/// <summary>Has what is run of a large function noted, by regions: what is not is cut out of it first.</summary>
internal sealed class NoteEmitter
{
    private readonly List<int> _offsets = [];
    private readonly List<int> _cells = [];
    private readonly FunctionScan _scan;
    private readonly CodeBuffer _code;

    private NoteEmitter(FunctionScan scan, CodeBuffer code)
    {
        _scan = scan;
        _code = code;
    }

    /// <summary>One for a function that may be cut when it is compiled; null for any other.</summary>
    public static NoteEmitter? For(Module module, FunctionScan scan, CodeBuffer code) =>
        module.Tiers.Compiles && (scan.IsLarge || module.Tiers.Options.NotesAll) ? new NoteEmitter(scan, code) : null;

    /// <summary>Emits a note where a region begins.</summary>
    public void Emit(int offset)
    {
        if (_scan.CostAt(offset) > 0)
        {
            _offsets.Add(offset);
            _cells.Add(_code.Emit(Operation.Note));
        }
    }

    /// <summary>Where the notes are.</summary>
    public CodeNotes ToNotes() => new([.. _offsets], [.. _cells]);
}

using System.Runtime.InteropServices;

namespace Plugins.Wasm.Runtime.Interpretation;

/// <summary>A module's functions as the interpreter has them: each is translated when it is first called.</summary>
/// <remarks>
/// Safe for use by many threads. The instructions are in native memory, since running code has only their addresses;
/// whoever runs them keeps this object. (Pinned arrays of such a type would wait for the JIT in a new process.)
/// </remarks>
internal sealed unsafe class InterpretedCode
{
    // Guests that trap on purpose do so in few places, and others not often.
    private const int MaximumOrigins = 1_024;

    // Where the functions begin that have no code of their own.
    private const int NotTranslated = 0, Compiled = 1, Entries = 2;

    private readonly Lock _lock = new();
    private readonly FunctionTranslation _translate;
    private readonly CellOrigin _origin;
    private readonly Dictionary<(int Function, int Cell), int?> _origins = [];
    private readonly int _functions;
    private readonly Cell* _entries;
    private readonly Dictionary<int, CodeNotes> _notes = [];
    private ExceptionHandlers?[]? _handlers;

    // Each function's own code, then where it begins now.
    private readonly Cell** _code;

    /// <param name="functions">How many functions the module has of its own.</param>
    /// <param name="translate">Translates one of them.</param>
    /// <param name="origin">Finds what a cell was translated from.</param>
    public InterpretedCode(int functions, FunctionTranslation translate, CellOrigin origin)
    {
        _translate = translate;
        _origin = origin;
        _functions = functions;
        _entries = (Cell*)NativeMemory.Alloc(Entries, (nuint)sizeof(Cell));
        _entries[NotTranslated] = new Cell { Operation = Operation.Translate };
        _entries[Compiled] = new Cell { Operation = Operation.CallCompiled };
        _code = (Cell**)NativeMemory.AllocZeroed(2 * (nuint)Math.Max(functions, 1), (nuint)sizeof(Cell*));
        Starts = _code + functions;
        for (int i = 0; i < functions; i++)
        {
            Starts[i] = _entries + NotTranslated;
        }
    }

    ~InterpretedCode()
    {
        if (_code is not null)
        {
            for (int i = 0; i < _functions; i++)
            {
                NativeMemory.Free(_code[i]);
            }
        }

        NativeMemory.Free(_code);
        NativeMemory.Free(_entries);
    }

    /// <summary>Where each function begins.</summary>
    internal Cell** Starts { get; }

    /// <summary>Whether a function was ever called.</summary>
    internal bool IsTranslated(int function) => CodeOf(function) is not null;

    /// <summary>Translates a function, unless another thread just did.</summary>
    /// <param name="function">Its index among the module's own.</param>
    /// <param name="store">Whose interrupts stop it.</param>
    /// <returns>Its first instruction.</returns>
    /// <exception cref="TrapException">An interrupt was requested; the function is as it was.</exception>
    internal Cell* Translate(int function, Store store)
    {
        if (CodeOf(function) is null)
        {
            Keep(function, _translate(function, store));
        }

        return (Cell*)Volatile.Read(ref *(nint*)(Starts + function));
    }

    /// <summary>Which of a function's cells an address is; -1 for none that it can be.</summary>
    internal int CellOf(int function, Cell* address)
    {
        Cell* code = CodeOf(function);
        return code is not null && address >= code && address - code <= int.MaxValue ? (int)(address - code) : -1;
    }

    /// <summary>The offset in the module that a cell was translated from, where it is known or found cheaply.</summary>
    /// <param name="function">The function.</param>
    /// <param name="cell">The cell.</param>
    /// <param name="cost">What finding it costs, in bytes of the function's code.</param>
    /// <param name="budget">What it may cost; less what it did.</param>
    internal int? OriginOf(int function, int cell, int cost, ref int budget)
    {
        lock (_origins)
        {
            if (_origins.TryGetValue((function, cell), out int? known))
            {
                return known;
            }
        }

        if (cell < 0 || cost > budget)
        {
            return null;
        }

        budget -= cost;
        int? origin = _origin(function, cell);
        lock (_origins)
        {
            if (_origins.Count == MaximumOrigins)
            {
                _origins.Clear();
            }

            _origins[(function, cell)] = origin;
        }

        return origin;
    }

    /// <summary>Has a function's next calls go to its compiled code.</summary>
    internal void Replace(int function)
    {
        lock (_lock)
        {
            Begin(function, _entries + Compiled);
        }
    }

    /// <summary>The calls of a function that were interpreted while they were counted.</summary>
    internal int CallsOf(int function, int countdown)
    {
        Cell* code = CodeOf(function);
        return code is null ? 0 : Math.Max(1, countdown - code[1].Number);
    }

    /// <summary>Whether any function that was translated has handlers.</summary>
    internal bool HasHandlers => _handlers is not null;

    /// <summary>The handlers of a function; null where it has none.</summary>
    internal ExceptionHandlers? HandlersOf(int function)
    {
        ExceptionHandlers?[]? handlers = Volatile.Read(ref _handlers);
        return handlers is null ? null : Volatile.Read(ref handlers[function]);
    }

    /// <summary>Keeps what a function has of exception handlers, while it is translated.</summary>
    internal void KeepHandlers(int function, ExceptionHandler[]? handlers)
    {
        if (handlers is null)
        {
            return;
        }

        lock (_lock)
        {
            ExceptionHandlers?[] all = _handlers ?? new ExceptionHandlers?[_functions];
            Volatile.Write(ref all[function], new ExceptionHandlers(handlers));
            Volatile.Write(ref _handlers, all);
        }
    }

    /// <summary>An instruction of a function that was translated.</summary>
    internal Cell* At(int function, int cell) => CodeOf(function) + cell;

    /// <summary>Keeps where a large function notes what is run, while it is translated.</summary>
    internal void KeepNotes(int function, CodeNotes? notes)
    {
        if (notes is null)
        {
            return;
        }

        lock (_lock)
        {
            _notes[function] = notes;
        }
    }

    /// <summary>What a large function has noted so far; null where it was never called.</summary>
    internal CodeNotes? NotesOf(int function)
    {
        lock (_lock)
        {
            Cell* code = CodeOf(function);
            return code is not null && _notes.TryGetValue(function, out CodeNotes? notes) ? notes.Read(code) : null;
        }
    }

    private void Keep(int function, Cell* code)
    {
        lock (_lock)
        {
            if (_code[function] is not null)
            {
                NativeMemory.Free(code);
                return;
            }

            Volatile.Write(ref *(nint*)(_code + function), (nint)code);
            if (Starts[function] == _entries + NotTranslated)
            {
                Begin(function, code);
            }
        }
    }

    private Cell* CodeOf(int function) => (Cell*)Volatile.Read(ref *(nint*)(_code + function));

    private void Begin(int function, Cell* start) => Volatile.Write(ref *(nint*)(Starts + function), (nint)start);
}

namespace Plugins.Wasm.Runtime.Interpretation;

/// <summary>A module's functions as the interpreter has them: each is translated when it is first called.</summary>
/// <remarks>Safe for use by many threads.</remarks>
internal sealed unsafe class InterpretedCode
{
    private readonly Lock _lock = new();
    private readonly FunctionTranslation _translate;
    private readonly nint[] _starts;
    private readonly Cell[] _notTranslated;
    private readonly Cell[] _compiled;

    // Keep the cells, which only addresses lead to.
    private readonly Cell[]?[] _code;

    /// <param name="functions">How many functions the module has of its own.</param>
    /// <param name="translate">Translates one of them.</param>
    public InterpretedCode(int functions, FunctionTranslation translate)
    {
        _translate = translate;
        _code = new Cell[functions][];
        _notTranslated = Single(Operation.Translate);
        _compiled = Single(Operation.CallCompiled);
        _starts = GC.AllocateUninitializedArray<nint>(Math.Max(functions, 1), pinned: true);
        Array.Fill(_starts, AddressOf(_notTranslated));
        fixed (nint* starts = _starts)
        {
            Starts = (Cell**)starts;
        }
    }

    /// <summary>Where each function begins; read by running code, whose instance keeps this object.</summary>
    internal Cell** Starts { get; }

    /// <summary>Whether a function was ever called.</summary>
    internal bool IsTranslated(int function) => _code[function] is not null;

    /// <summary>Translates a function, unless another thread just did.</summary>
    /// <param name="function">Its index among the module's own.</param>
    /// <param name="store">Whose interrupts stop it.</param>
    /// <returns>Its first instruction.</returns>
    /// <exception cref="TrapException">An interrupt was requested; the function is as it was.</exception>
    internal Cell* Translate(int function, Store store)
    {
        if (_code[function] is null)
        {
            Cell[] code = _translate(function, store);
            lock (_lock)
            {
                if (_code[function] is null)
                {
                    _code[function] = code;
                    if (_starts[function] == AddressOf(_notTranslated))
                    {
                        Volatile.Write(ref _starts[function], AddressOf(code));
                    }
                }
            }
        }

        return (Cell*)Volatile.Read(ref _starts[function]);
    }

    /// <summary>Has a function's next calls go to its compiled code.</summary>
    internal void Replace(int function)
    {
        lock (_lock)
        {
            Volatile.Write(ref _starts[function], AddressOf(_compiled));
        }
    }

    /// <summary>The calls of a function that were interpreted while they were counted.</summary>
    internal int CallsOf(int function, int countdown) =>
        _code[function] is Cell[] code ? Math.Max(1, countdown - code[1].Number) : 0;

    private static Cell[] Single(Operation operation)
    {
        Cell[] code = GC.AllocateUninitializedArray<Cell>(1, pinned: true);
        code[0] = new Cell { Operation = operation };
        return code;
    }

    private static nint AddressOf(Cell[] pinned)
    {
        fixed (Cell* start = pinned)
        {
            return (nint)start;
        }
    }
}

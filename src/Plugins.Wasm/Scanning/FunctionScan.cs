using Plugins.Wasm.Binary;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Scanning;

/// <summary>What has to be known of a function before its first instruction is emitted.</summary>
/// <remarks>
/// Fuel is charged per region, a stretch of code that is entered at its start only, before anything in it is run. An
/// operator costs 1; those that only give structure cost nothing.
/// </remarks>
internal sealed class FunctionScan
{
    // At some 5 ns each, about what compiling the instruction itself takes. Most real functions have less than ten of
    // them for each of theirs; the largest of a Go program, 760.
    private const long MaximumGoneBackOfEach = 1_024;

    // A throw takes some 300 ns, or 3 µs where .NET has to carry it.
    private const int ThrowCost = 256;

    // Of ordinary code these become a third of what the just-in-time compiler optimises.
    private const int LargeInstructions = 2_000;

    private const int MaximumSharingTables = 512;

    // The largest function takes some tens of milliseconds.
    private const int InstructionsPerLook = 65_536;

    // Compiling a kilobyte takes a few milliseconds; after more than that, a function asks whether time is over.
    private const int MaximumUncheckedBytes = 1_024;

    private readonly List<(int Offset, int Cost)> _regions = [];
    private readonly EntryList<Block> _blocks = new();
    private readonly BinaryModule _module;
    private readonly bool _assumesHuge;
    private int _regionStart;
    private int _cost;
    private int _next;
    private int _openLoops;
    private Opcode _previous;
    private int _instructions;
    private long _instructionsGoneBack;

    private FunctionScan(
        BinaryModule module, int function, bool assumeHuge, LoopVariables loops, Action? look = null)
    {
        Loops = loops;
        _module = module;
        _assumesHuge = assumeHuge;
        FunctionBody body = module.Bodies[function];
        NoteVectors(module.TypeOfFunction(module.ImportedFunctionCount + function));
        foreach (LocalGroup group in body.Locals)
        {
            UsesVectors |= group.Code.Kind == ValueKind.V128;
        }

        var reader = new CodeReader(module, body);
        _blocks.Add(new Block(Opcode.Block, Start: 0));
        _regionStart = body.Start;
        while (reader.Read(out Instruction instruction))
        {
            _instructions++;
            if (_instructions % InstructionsPerLook == 0)
            {
                look?.Invoke();
            }

            Shape.Visit(instruction.Opcode);
            _cost += CostOf(instruction);
            Loops.Visit(instruction.Opcode, _previous);
            Hazards.Visit(instruction.Opcode, _previous);
            _previous = instruction.Opcode;
            if (Visit(ref reader, instruction))
            {
                EndRegion(reader.Position);
            }
        }

        EndRegion(body.End);
        IsLong = body.End - body.Start > MaximumUncheckedBytes;
    }

    /// <summary>Whether it asks for interrupts when it is entered although it calls nothing.</summary>
    public bool IsLong { get; }

    /// <summary>Whether it may be too large to be optimised as one method.</summary>
    public bool IsLarge => Shape.Instructions >= LargeInstructions;

    public bool HasCalls { get; private set; }

    /// <summary>Whether some of them take the function's place; those are among <see cref="HasCalls"/>.</summary>
    public bool HasTailCalls { get; private set; }

    /// <summary>Whether it has blocks that catch exceptions.</summary>
    public bool HasHandlers { get; private set; }

    public bool HasLoops => Shape.Loops > 0;

    /// <summary>Whether so many branches go so far back that <c>BackwardBranches</c> dispatches them.</summary>
    public bool HasCostlyLoops =>
        _assumesHuge || _instructionsGoneBack > MaximumGoneBackOfEach * _instructions;

    /// <summary>Whether each <c>br_table</c> needs ways of its own to its targets.</summary>
    /// <remarks>
    /// The just-in-time compiler takes time for each in proportion to all the branches that go to the same targets.
    /// </remarks>
    public bool HasManyTables => _assumesHuge || Shape.Tables > MaximumSharingTables;

    /// <summary>
    /// The most values that one instruction pushes or a block takes: a call of two bytes may give hundreds.
    /// </summary>
    public int WidestType { get; private set; } = 1;

    /// <summary>How much of what takes the just-in-time compiler more than its share of time is in it.</summary>
    public FunctionShape Shape { get; } = new();

    public LoopVariables Loops { get; }

    public FoldingHazards Hazards { get; } = new();

    /// <summary>Whether it looks into memory 0, whose place is kept at hand.</summary>
    public bool UsesMemory { get; private set; }

    /// <summary>
    /// Whether any value in it may be a vector: of an instruction, a local, a global, a block, or a function's type.
    /// </summary>
    public bool UsesVectors { get; private set; }

    /// <summary>
    /// The locals and parameters that are read or set; a body of a few bytes may declare thousands more.
    /// </summary>
    public HashSet<int> UsedLocals { get; } = new(comparer: null);

    /// <param name="module">The module.</param>
    /// <param name="function">Which of its own functions.</param>
    /// <param name="assumeHuge">Whether it is taken for one that needs what only huge ones do.</param>
    public static FunctionScan Of(BinaryModule module, int function, bool assumeHuge = false) =>
        new(module, function, assumeHuge, new LoopVariables());

    /// <summary>What the interpreter has to know: nothing of <see cref="Loops"/>.</summary>
    /// <param name="module">The module.</param>
    /// <param name="function">Which of its own functions.</param>
    /// <param name="look">Called from time to time; throws where it should not go on.</param>
    public static FunctionScan ForInterpreter(BinaryModule module, int function, Action look) =>
        new(module, function, assumeHuge: false, LoopVariables.Ignored(), look);

    /// <summary>The cost of the region that begins at an instruction; 0 where none does. Ask in order.</summary>
    public int CostAt(int offset)
    {
        while (_next < _regions.Count && _regions[_next].Offset < offset)
        {
            _next++;
        }

        return _next < _regions.Count && _regions[_next].Offset == offset ? _regions[_next].Cost : 0;
    }

    private static bool IsFree(Opcode opcode) =>
        opcode is Opcode.Nop or Opcode.Drop or Opcode.Block or Opcode.Loop or Opcode.Unreachable or Opcode.Return
            or Opcode.Else or Opcode.End or Opcode.Catch or Opcode.CatchAll or Opcode.Delegate;

    private int CostOf(in Instruction instruction) => instruction.Opcode switch
    {
        Opcode.Throw => ThrowCost + _module.Tags[instruction.Index].Payload.Parameters.Length,
        Opcode.ThrowRef or Opcode.Rethrow => ThrowCost,

        // Each exception that leaves a block may have to be held against all of its clauses, once.
        Opcode.TryTable => 1 + (int)instruction.SecondIndex,
        _ => IsFree(instruction.Opcode) ? 0 : 1,
    };

    /// <returns>Whether a region ends after the instruction.</returns>
    private bool Visit(ref CodeReader reader, in Instruction instruction)
    {
        switch (instruction.Opcode)
        {
            case Opcode.Block:
                Widen(instruction.BlockType);
                Open(instruction);
                return false;
            case Opcode.Try:
                HasHandlers = true;
                Widen(instruction.BlockType);
                Open(instruction);
                return true;
            case Opcode.Catch or Opcode.CatchAll:
                _blocks[^1] = _blocks[^1] with { Clauses = _blocks[^1].Clauses + 1 };
                return true;
            case Opcode.Loop or Opcode.If:
                Widen(instruction.BlockType);
                CountLoop(instruction);
                Open(instruction);
                return true;
            case Opcode.TryTable:
                OpenTryTable(ref reader, instruction);
                return false;
            case Opcode.Delegate:
                Close();
                return true;
            case Opcode.End:
                return Close();
            case Opcode.Br or Opcode.BrIf or Opcode.BrOnNull or Opcode.BrOnNonNull
                or Opcode.BrOnCast or Opcode.BrOnCastFail:
                Shape.VisitBranch(Target(instruction.Index));
                return true;
            case Opcode.BrTable:
                Shape.VisitTable(instruction.Index + 1);
                for (uint i = 0; i <= instruction.Index; i++)
                {
                    Target(reader.ReadIndex());
                }

                return true;
            case Opcode.Call or Opcode.CallIndirect or Opcode.CallRef
                or Opcode.ReturnCall or Opcode.ReturnCallIndirect or Opcode.ReturnCallRef:
                HasCalls = true;
                HasTailCalls |= instruction.Opcode
                    is Opcode.ReturnCall or Opcode.ReturnCallIndirect or Opcode.ReturnCallRef;
                Widen(instruction.Opcode is Opcode.Call or Opcode.ReturnCall
                    ? _module.FunctionTypeIndices[instruction.Index]
                    : (int)instruction.Index);
                return true;
            case Opcode.LocalGet or Opcode.LocalSet or Opcode.LocalTee:
                VisitLocal(instruction.Opcode, (int)instruction.Index);
                return false;
            case >= Opcode.StructNew and <= Opcode.ArrayInitElem:
                return VisitObject(instruction);
            default:
                return VisitOther(instruction);
        }
    }

    private void Open(in Instruction instruction) =>
        _blocks.Add(new Block(instruction.Opcode, _instructions, ArityOf(instruction), _regions.Count));

    private void OpenTryTable(ref CodeReader reader, in Instruction instruction)
    {
        HasHandlers = true;
        Widen(instruction.BlockType);
        for (uint i = 0; i < instruction.SecondIndex; i++)
        {
            Target(reader.ReadCatch().Label);
        }

        Open(instruction);
    }

    /// <summary>The values that a branch to a block carries.</summary>
    private int ArityOf(in Instruction instruction)
    {
        int type = instruction.BlockType.TypeIndex;
        return type < 0 ? 0 : instruction.Opcode == Opcode.Loop
            ? _module.Types[type].Parameters.Length
            : _module.Types[type].Results.Length;
    }

    private void Widen(BlockType type)
    {
        UsesVectors |= type.Result.Kind == ValueKind.V128;
        if (type.TypeIndex >= 0)
        {
            Widen(type.TypeIndex);
        }
    }

    private void Widen(int type)
    {
        FunctionType widest = _module.Types[type];
        WidestType = Math.Max(WidestType, Math.Max(widest.Parameters.Length, widest.Results.Length));
        Shape.VisitValues(widest.Parameters.Length + widest.Results.Length);
        NoteVectors(widest);
    }

    private void NoteVectors(FunctionType type)
    {
        foreach (ValueCode code in type.ParameterCodes)
        {
            UsesVectors |= code.Kind == ValueKind.V128;
        }

        foreach (ValueCode code in type.ResultCodes)
        {
            UsesVectors |= code.Kind == ValueKind.V128;
        }
    }

    private static bool HasVectors(FieldType[] fields)
    {
        foreach (FieldType field in fields)
        {
            if (field.Code.Kind == ValueKind.V128)
            {
                return true;
            }
        }

        return false;
    }

    private void CountLoop(in Instruction instruction)
    {
        if (instruction.Opcode == Opcode.Loop)
        {
            _openLoops++;
            Shape.OpenLoop(_openLoops);
            Loops.Open(instruction.Offset);
        }
    }

    private void VisitLocal(Opcode opcode, int local)
    {
        UsedLocals.Add(local);
        if (opcode == Opcode.LocalGet)
        {
            Loops.Read(local);
        }
        else
        {
            Loops.Set(local, isUnconditional: _blocks[^1].Kind == Opcode.Loop);
        }
    }

    private bool VisitOther(in Instruction instruction)
    {
        Opcode opcode = instruction.Opcode;
        if (opcode is >= Opcode.I64Add128 and <= Opcode.I64MulWideU)
        {
            WidestType = Math.Max(WidestType, 2);
        }

        UsesMemory |= instruction.Index == 0
            && opcode is (>= Opcode.I32Load and <= Opcode.I64Store32) or Opcode.MemorySize
                or (>= Opcode.V128Load and <= Opcode.V128Store)
                or (>= Opcode.V128Load8Lane and <= Opcode.V128Load64Zero);
        UsesVectors |= OpcodeTable.IsVector(opcode)
            || (opcode == Opcode.SelectTyped && instruction.Kind == ValueKind.V128)
            || (opcode is Opcode.GlobalGet or Opcode.GlobalSet
                && _module.Globals[instruction.Index].Value == ValueKind.V128);

        // What charges by size reads the fuel, so what comes before has to be charged by then.
        return opcode is (>= Opcode.Else and <= Opcode.ThrowRef) or Opcode.CatchAll or Opcode.Return
            or Opcode.Unreachable or Opcode.MemoryGrow or (>= Opcode.MemoryInit and <= Opcode.TableFill);
    }

    // What depends on a length is charged when that is known; a structure's size is.
    private bool VisitObject(in Instruction instruction)
    {
        const int BytesPerFuel = 64;
        UsesVectors |= instruction.Opcode != Opcode.ArrayLen
            && HasVectors(_module.Definitions[(int)instruction.Index].Fields);
        int values = 0;
        if (instruction.Opcode is Opcode.StructNew or Opcode.StructNewDefault)
        {
            values = _module.Definitions[(int)instruction.Index].Fields.Length;
            _cost += values * sizeof(long) / BytesPerFuel;
        }
        else if (instruction.Opcode == Opcode.ArrayNewFixed)
        {
            values = (int)instruction.SecondIndex;
        }

        WidestType = Math.Max(WidestType, values);
        Shape.VisitValues(values);
        return instruction.Opcode is (>= Opcode.ArrayNew and <= Opcode.ArrayNewElem)
            or (>= Opcode.ArrayFill and <= Opcode.ArrayInitElem);
    }

    private bool Close()
    {
        Block closed = _blocks.RemoveLast();
        if (closed.Kind == Opcode.Loop)
        {
            _openLoops--;
            Loops.Close();
        }

        if (closed.Clauses > 0)
        {
            // As of a try_table; what its region costs was known before its clauses were.
            (int offset, int cost) = _regions[closed.Region];
            _regions[closed.Region] = (offset, cost + closed.Clauses);
        }

        return closed.Kind is Opcode.If or Opcode.Try || (closed.Kind != Opcode.Loop && closed.Branches > 0);
    }

    /// <returns>How many branches, this one included, go there.</returns>
    private int Target(uint depth)
    {
        int index = _blocks.Count - 1 - (int)depth;
        Block target = _blocks[index];
        _blocks[index] = target with { Branches = target.Branches + 1 };
        Shape.VisitValues(target.Arity);
        if (index == 0)
        {
            Shape.VisitBranchOut();
        }

        if (target.Kind == Opcode.Loop)
        {
            _instructionsGoneBack += _instructions - target.Start;
            Shape.VisitBranchBack();
        }

        return target.Branches + 1;
    }

    private void EndRegion(int nextOffset)
    {
        if (_cost > 0)
        {
            _regions.Add((_regionStart, _cost));
        }

        _regionStart = nextOffset;
        _cost = 0;
    }

    /// <param name="Kind">What opened it.</param>
    /// <param name="Start">How many instructions were before it.</param>
    /// <param name="Arity">What a branch to it carries.</param>
    /// <param name="Region">The number of the region that it began in.</param>
    /// <param name="Branches">How many branches go to it.</param>
    /// <param name="Clauses">The clauses of a legacy <c>try</c>.</param>
    private readonly record struct Block(
        Opcode Kind, int Start, int Arity = 0, int Region = 0, int Branches = 0, int Clauses = 0);
}

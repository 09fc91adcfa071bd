using Plugins.Wasm.Binary;

namespace Plugins.Wasm.Scanning;

/// <summary>Where the values of a function's locals may still be read.</summary>
/// <remarks>
/// Backward over the code, again and again until nothing is added where loops begin. Takes time in proportion to the
/// code times the loops inside one another, as far as <see cref="MaximumPasses"/>, and to branches times locals.
/// </remarks>
internal sealed class LocalLiveness
{
    private const int MaximumPasses = 24;

    // Labels times words: 16 MB.
    private const long MaximumWords = 1 << 21;

    // Some 50 ms. QuickJS's largest function has 40,000 events, in a dozen stretches each.
    private const long MaximumNotes = 10_000_000;

    private readonly List<Event> _events = [];
    private readonly List<int> _targets = [];
    private readonly EntryList<Label> _labels = new();
    private readonly Dictionary<int, int> _numbers = [];
    private readonly int[] _locals;
    private readonly int _words;
    private readonly ulong[] _live;
    private ulong[] _atLabels = [];
    private bool _isChanged;

    private LocalLiveness(IReadOnlyCollection<int> locals)
    {
        _locals = [.. locals];
        foreach (int local in _locals)
        {
            _numbers.Add(local, _numbers.Count);
        }

        _words = (_locals.Length + 63) / 64;
        _live = new ulong[_words];
    }

    private enum EventKind : byte
    {
        Get,
        Set,
        Open,
        Else,
        End,
        Branch,
        BranchIf,
        Table,
        Leave,
    }

    /// <summary>Analyses a function.</summary>
    /// <param name="module">Its module.</param>
    /// <param name="body">Where its code is.</param>
    /// <param name="locals">Those that it uses.</param>
    /// <returns>Null where that would take too long.</returns>
    public static LocalLiveness? Of(BinaryModule module, FunctionBody body, IReadOnlyCollection<int> locals)
    {
        var liveness = new LocalLiveness(locals);
        liveness.Read(module, body);
        return liveness.Solve() ? liveness : null;
    }

    /// <summary>Finds out which locals go into and out of stretches of the function.</summary>
    /// <param name="stretches">None of them overlaps another in part.</param>
    /// <returns>Whether they are described: not where too many of them are inside one another.</returns>
    public bool TryDescribe(IEnumerable<CodeStretch> stretches)
    {
        long notes = 0;
        // Backward, the outermost of those that end together first.
        var next = new Queue<CodeStretch>(
            stretches.OrderByDescending(stretch => stretch.End).ThenBy(stretch => stretch.Start));
        var open = new Stack<OpenStretch>();
        Array.Clear(_live);
        for (int i = _events.Count - 1; i >= 0; i--)
        {
            Event one = _events[i];
            CloseBefore(one.Offset, open);
            while (next.TryPeek(out CodeStretch? stretch) && one.Offset < stretch.End)
            {
                next.Dequeue();
                if (one.Offset >= stretch.Start)
                {
                    open.Push(new OpenStretch(stretch, _words, stretch.FallsThrough ? _live : null));
                }
            }

            notes += open.Count;
            if (notes > MaximumNotes || (long)open.Count * _words > MaximumWords)
            {
                return false;
            }

            foreach (OpenStretch stretch in open)
            {
                Note(one, stretch);
            }

            Visit(one);
        }

        CloseBefore(int.MinValue, open);
        return true;
    }

    private void CloseBefore(int offset, Stack<OpenStretch> open)
    {
        while (open.TryPeek(out OpenStretch? stretch) && offset < stretch.Code.Start)
        {
            open.Pop();
            stretch.Code.Exits = stretch.Targets.Count;
            stretch.Code.Used = [.. Select(number => Has(stretch.Used, number))];
            stretch.Code.Inputs = [.. Select(number => Has(stretch.Used, number) && Has(_live, number))];
            stretch.Code.Outputs = [.. Select(number => Has(stretch.Set, number) && Has(stretch.LiveAfter, number))];
        }
    }

    private IEnumerable<int> Select(Func<int, bool> isChosen)
    {
        for (int number = 0; number < _locals.Length; number++)
        {
            if (isChosen(number))
            {
                yield return _locals[number];
            }
        }
    }

    private void Note(Event one, OpenStretch stretch)
    {
        switch (one.Kind)
        {
            case EventKind.Get:
                Add(stretch.Used, one.Operand);
                break;
            case EventKind.Set:
                Add(stretch.Used, one.Operand);
                Add(stretch.Set, one.Operand);
                break;
            case EventKind.Branch or EventKind.BranchIf:
                NoteTarget(one.Operand, stretch);
                break;
            case EventKind.Table:
                for (int i = 0; i < one.Count; i++)
                {
                    NoteTarget(_targets[one.Operand + i], stretch);
                }

                break;
        }
    }

    private void NoteTarget(int label, OpenStretch stretch)
    {
        if (_labels[label].Offset < stretch.Code.Start)
        {
            stretch.Targets.Add(label);
            Union(stretch.LiveAfter, AtLabel(label));
        }
    }

    private void Read(BinaryModule module, FunctionBody body)
    {
        var open = new Stack<int>();
        open.Push(AddLabel(Opcode.Block, offset: int.MinValue));
        var reader = new CodeReader(module, body);
        while (reader.Read(out Instruction instruction))
        {
            Read(ref reader, instruction, open);
        }
    }

    private void Read(ref CodeReader reader, in Instruction instruction, Stack<int> open)
    {
        switch (instruction.Opcode)
        {
            case Opcode.LocalGet:
                Add(instruction, EventKind.Get, _numbers[(int)instruction.Index]);
                break;
            case Opcode.LocalSet or Opcode.LocalTee:
                Add(instruction, EventKind.Set, _numbers[(int)instruction.Index]);
                break;
            case Opcode.Block or Opcode.Loop or Opcode.If:
                open.Push(AddLabel(instruction.Opcode, instruction.Offset));
                Add(instruction, EventKind.Open, open.Peek());
                break;
            case Opcode.Else:
                _labels[open.Peek()] = _labels[open.Peek()] with { HasElse = true };
                Add(instruction, EventKind.Else, open.Peek());
                break;
            case Opcode.End:
                Add(instruction, EventKind.End, open.Pop());
                break;
            case Opcode.Br:
                Add(instruction, EventKind.Branch, Target(open, instruction.Index));
                break;
            case Opcode.BrIf or Opcode.BrOnNull or Opcode.BrOnNonNull or Opcode.BrOnCast or Opcode.BrOnCastFail:
                Add(instruction, EventKind.BranchIf, Target(open, instruction.Index));
                break;
            case Opcode.BrTable:
                ReadTable(ref reader, instruction, open);
                break;
            case Opcode.Return or Opcode.Unreachable or Opcode.Throw or Opcode.ThrowRef
                or Opcode.ReturnCall or Opcode.ReturnCallIndirect or Opcode.ReturnCallRef:
                Add(instruction, EventKind.Leave, 0);
                break;
        }
    }

    private void ReadTable(ref CodeReader reader, in Instruction instruction, Stack<int> open)
    {
        int first = _targets.Count;
        int[] labels = [.. open];
        for (uint i = 0; i <= instruction.Index; i++)
        {
            _targets.Add(labels[reader.ReadIndex()]);
        }

        _events.Add(new Event(instruction.Offset, EventKind.Table, first, _targets.Count - first));
    }

    private static int Target(Stack<int> open, uint depth) => open.ElementAt((int)depth);

    private int AddLabel(Opcode kind, int offset)
    {
        _labels.Add(new Label(kind, offset, HasElse: false));
        return _labels.Count - 1;
    }

    private void Add(in Instruction instruction, EventKind kind, int operand) =>
        _events.Add(new Event(instruction.Offset, kind, operand, 0));

    private bool Solve()
    {
        if ((long)_labels.Count * _words * 2 > MaximumWords)
        {
            return false;
        }

        // The second half is where each if's second arm begins.
        _atLabels = new ulong[2 * _labels.Count * _words];
        for (int pass = 0; pass < MaximumPasses; pass++)
        {
            _isChanged = false;
            Array.Clear(_live);
            for (int i = _events.Count - 1; i >= 0; i--)
            {
                Visit(_events[i]);
            }

            if (!_isChanged)
            {
                return true;
            }
        }

        return false;
    }

    private void Visit(Event one)
    {
        switch (one.Kind)
        {
            case EventKind.Get:
                Add(_live, one.Operand);
                break;
            case EventKind.Set:
                _live[one.Operand >> 6] &= ~(1UL << (one.Operand & 63));
                break;
            case EventKind.End when _labels[one.Operand].Kind != Opcode.Loop:
                _live.CopyTo(AtLabel(one.Operand));
                break;
            case EventKind.Else:
                _live.CopyTo(AtElse(one.Operand));
                AtLabel(one.Operand).CopyTo(_live);
                break;
            case EventKind.Open:
                VisitOpen(one.Operand);
                break;
            case EventKind.Branch:
                AtLabel(one.Operand).CopyTo(_live);
                break;
            case EventKind.BranchIf:
                Union(_live, AtLabel(one.Operand));
                break;
            case EventKind.Table:
                Array.Clear(_live);
                for (int i = 0; i < one.Count; i++)
                {
                    Union(_live, AtLabel(_targets[one.Operand + i]));
                }

                break;
            case EventKind.Leave:
                Array.Clear(_live);
                break;
        }
    }

    private void VisitOpen(int label)
    {
        Label opened = _labels[label];
        if (opened.Kind == Opcode.If)
        {
            Union(_live, opened.HasElse ? AtElse(label) : AtLabel(label));
        }
        else if (opened.Kind == Opcode.Loop && !AtLabel(label).SequenceEqual(_live))
        {
            _isChanged = true;
            _live.CopyTo(AtLabel(label));
        }
    }

    private Span<ulong> AtLabel(int label) => _atLabels.AsSpan(2 * label * _words, _words);

    private Span<ulong> AtElse(int label) => _atLabels.AsSpan(((2 * label) + 1) * _words, _words);

    private static void Union(Span<ulong> into, ReadOnlySpan<ulong> from)
    {
        for (int i = 0; i < into.Length; i++)
        {
            into[i] |= from[i];
        }
    }

    private static void Add(ulong[] set, int number) => set[number >> 6] |= 1UL << (number & 63);

    private static bool Has(ulong[] set, int number) => (set[number >> 6] >> (number & 63) & 1) != 0;

    private readonly record struct Event(int Offset, EventKind Kind, int Operand, int Count);

    private readonly record struct Label(Opcode Kind, int Offset, bool HasElse);

    private sealed class OpenStretch(CodeStretch code, int words, ulong[]? live)
    {
        public CodeStretch Code { get; } = code;

        public HashSet<int> Targets { get; } = [];

        public ulong[] Used { get; } = new ulong[words];

        public ulong[] Set { get; } = new ulong[words];

        public ulong[] LiveAfter { get; } = live is null ? new ulong[words] : [.. live];
    }
}

using Plugins.Wasm.Binary;

namespace Plugins.Wasm.Scanning;

/// <summary>Which locals each loop carries from round to round, for loops in which they may be scaled.</summary>
/// <remarks>
/// Found in one pass: a loop that closes adds what it does to the loop around it. RATIONALE.md, "Why do loops begin
/// with an opaque zero?".
/// </remarks>
internal sealed class LoopVariables
{
    /// <summary>Loops inside loops that a function has at most if it is optimised.</summary>
    /// <remarks>
    /// Not a limit of the runtime's compiler: its analysis of loops takes seconds when hundreds of them nest and all
    /// of them may go on.
    /// </remarks>
    internal const int MaximumDepth = 24;

    private readonly Dictionary<int, int[]> _found = [];
    private readonly List<OpenLoop> _open = [];
    private bool _isTooDeep;
    private bool _isIgnored;

    [Flags]
    private enum Access : byte
    {
        None = 0,

        /// <summary>Read where an earlier round may have set it.</summary>
        Read = 1,

        /// <summary>Set.</summary>
        Changed = 2,

        /// <summary>Set in every round before it is read.</summary>
        Fresh = 4,
    }

    /// <summary>For those who do not ask for any.</summary>
    public static LoopVariables Ignored() => new() { _isIgnored = true };

    /// <summary>The locals that the loop at an offset carries; null where it scales nothing.</summary>
    public int[]? At(int offset) => _found.GetValueOrDefault(offset);

    public void Open(int offset)
    {
        if (_isIgnored)
        {
            return;
        }

        // A function whose loops nest deeper is not optimised.
        _isTooDeep |= _open.Count == MaximumDepth;
        _open.Add(new OpenLoop(offset));
    }

    public void Close()
    {
        if (_isIgnored)
        {
            return;
        }

        OpenLoop closed = _open[^1];
        _open.RemoveAt(_open.Count - 1);
        if (closed.Scales && !_isTooDeep)
        {
            _found[closed.Offset] =
                [.. closed.Locals.Where(local => IsCarried(local.Value)).Select(local => local.Key)];
        }

        if (_open.Count > 0 && !_isTooDeep)
        {
            _open[^1].Add(closed);
        }
    }

    public void Read(int local)
    {
        if (_open.Count > 0 && !_isTooDeep)
        {
            _open[^1].Read(local);
        }
    }

    /// <param name="local">The local.</param>
    /// <param name="isUnconditional">Whether no block stands between this place and the loop.</param>
    public void Set(int local, bool isUnconditional)
    {
        if (_open.Count > 0 && !_isTooDeep)
        {
            _open[^1].Set(local, isUnconditional);
        }
    }

    /// <summary>Looks at an operator.</summary>
    /// <param name="opcode">The operator.</param>
    /// <param name="previous">The one before it, whose result is the right operand.</param>
    public void Visit(Opcode opcode, Opcode previous)
    {
        if (_open.Count > 0 && MayScale(opcode, previous))
        {
            _open[^1].Scales = true;
        }
    }

    // The runtime's compiler makes a product of a variable that is added to itself.
    private static bool MayScale(Opcode opcode, Opcode previous) => opcode switch
    {
        Opcode.I32Mul or Opcode.I64Mul or Opcode.I32Shl or Opcode.I64Shl => true,
        Opcode.I32Add or Opcode.I64Add => previous
            is not (Opcode.I32Const or Opcode.I64Const or (>= Opcode.I32Load and <= Opcode.I64Load32U)),
        _ => false,
    };

    private static bool IsCarried(Access access) =>
        access.HasFlag(Access.Read | Access.Changed) && !access.HasFlag(Access.Fresh);

    private sealed class OpenLoop(int offset)
    {
        public int Offset { get; } = offset;

        public bool Scales { get; set; }

        public Dictionary<int, Access> Locals { get; } = [];

        public void Read(int local) => Locals[local] = Locals.GetValueOrDefault(local) | Access.Read;

        public void Set(int local, bool isUnconditional)
        {
            Access before = Locals.GetValueOrDefault(local);
            bool isFresh = before == Access.None && isUnconditional;
            Locals[local] = before | Access.Changed | (isFresh ? Access.Fresh : Access.None);
        }

        public void Add(OpenLoop inner)
        {
            Scales |= inner.Scales;
            foreach ((int local, Access access) in inner.Locals)
            {
                if (access.HasFlag(Access.Read) && !access.HasFlag(Access.Fresh))
                {
                    Read(local);
                }

                if (access.HasFlag(Access.Changed))
                {
                    Set(local, isUnconditional: false);
                }
            }
        }
    }
}

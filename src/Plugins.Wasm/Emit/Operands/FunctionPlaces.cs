using System.Reflection.Emit;
using Plugins.Wasm.Binary;
using Plugins.Wasm.IL;
using Plugins.Wasm.Runtime;
using Plugins.Wasm.Scanning;
using Plugins.Wasm.Types;
using Plugins.Wasm.Validation;

namespace Plugins.Wasm.Emit.Operands;

/// <summary>The code of one function so far, and where its values are: all that operands need to be emitted.</summary>
internal abstract class FunctionPlaces
{
    // After the instance, the slots and the interpreter's stack.
    private const int LoopTransferDepth = 3;

    private readonly int _arguments;
    private readonly int[]? _inputs;
    private readonly Dictionary<int, LocalBuilder> _locals = [];
    private readonly Dictionary<int, ValueKind> _kinds = [];
    private LocalBuilder? _memoryBase;
    private LocalBuilder? _memoryLength;

    /// <param name="type">The function's type.</param>
    /// <param name="body">Its body.</param>
    /// <param name="usedLocals">The locals that its code names; the others get no place.</param>
    /// <param name="il">Where its code goes.</param>
    /// <param name="takesSlots">Whether its values come in the interpreter's slots, instead of in arguments.</param>
    protected FunctionPlaces(
        FunctionType type, FunctionBody body, IReadOnlyCollection<int> usedLocals, ILEmitter il, bool takesSlots)
    {
        _arguments = takesSlots ? 0 : type.Parameters.Length;
        DepthArgument = takesSlots ? LoopTransferDepth : type.Parameters.Length + 1;
        Type = type;
        Body = body;
        IL = il;
        Temporaries = new TemporaryPool(il, body);
        Place(usedLocals);
    }

    /// <summary>The places of a part of a function that is a method of its own.</summary>
    /// <param name="type">The function's type.</param>
    /// <param name="body">Its body.</param>
    /// <param name="code">Which part: what goes into it are its arguments, between the instance and the depth.</param>
    /// <param name="il">Where its code goes.</param>
    protected FunctionPlaces(FunctionType type, FunctionBody body, CodeStretch code, ILEmitter il)
    {
        _inputs = code.Inputs;
        DepthArgument = code.Inputs.Length + 2;
        Type = type;
        Body = body;
        IL = il;
        Temporaries = new TemporaryPool(il, body);
        Place(code.Used);
    }

    public FunctionType Type { get; }

    public FunctionBody Body { get; }

    public ILEmitter IL { get; }

    public TemporaryPool Temporaries { get; }

    /// <summary>The address of memory 0, loaded again after everything that may move it.</summary>
    public LocalBuilder MemoryBase => _memoryBase ??= IL.DeclareLocal(typeof(byte*));

    /// <summary>The length of memory 0 in bytes.</summary>
    public LocalBuilder MemoryLength => _memoryLength ??= IL.DeclareLocal(typeof(ulong));

    /// <summary>The argument that says how many calls may still nest.</summary>
    public int DepthArgument { get; }

    /// <summary>Whether a local is an argument of the method.</summary>
    public bool IsArgument(int local) => ArgumentOf(local) >= 0;

    public ValueKind KindOf(int local) => _kinds[local];

    public void LoadLocal(int index)
    {
        if (ArgumentOf(index) is >= 0 and int argument)
        {
            IL.LoadArgument(argument);
        }
        else
        {
            IL.LoadLocal(_locals[index]);
        }
    }

    public void StoreLocal(int index)
    {
        if (ArgumentOf(index) is >= 0 and int argument)
        {
            IL.StoreArgument(argument);
        }
        else
        {
            IL.StoreLocal(_locals[index]);
        }
    }

    // The instance is argument 0.
    private int ArgumentOf(int local)
    {
        int index = _inputs is null ? (local < _arguments ? local : -1) : Array.IndexOf(_inputs, local);
        return index < 0 ? -1 : index + 1;
    }

    private void Place(IEnumerable<int> locals)
    {
        LocalTypes types = new();
        types.Reset(Type, Body);
        foreach (int local in locals)
        {
            ValueKind kind = types[(uint)local].Kind;
            _kinds.Add(local, kind);
            if (!IsArgument(local))
            {
                _locals.Add(local, IL.DeclareLocal(Signature.TypeOf(kind)));
            }
        }
    }
}

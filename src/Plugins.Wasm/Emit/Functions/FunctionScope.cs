using System.Reflection.Emit;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Types;
using Plugins.Wasm.Validation;

namespace Plugins.Wasm.Emit.Functions;

/// <summary>What the emitters of one function share: its code so far, and where its values are.</summary>
internal sealed class FunctionScope
{
    private readonly FunctionType _type;
    private readonly Dictionary<int, LocalBuilder> _locals = [];
    private readonly Dictionary<int, ValueKind> _kinds = [];
    private LocalBuilder? _memoryBase;
    private LocalBuilder? _memoryLength;

    public FunctionScope(Module module, int index, FunctionScan scan, ILEmitter il)
    {
        BinaryModule binary = module.Binary;
        FunctionBody body = binary.Bodies[index - binary.ImportedFunctionCount];
        _type = binary.TypeOfFunction(index);
        Module = module;
        Body = body;
        Scan = scan;
        IL = il;
        Temporaries = new TemporaryPool(il, body);
        Stack = new OperandStack(this);
        Traps = new TrapLabels(il);
        LocalKinds kinds = new();
        kinds.Reset(_type, body);
        foreach (int local in scan.UsedLocals)
        {
            ValueKind kind = kinds[(uint)local];
            _kinds.Add(local, kind);
            if (!IsParameter(local))
            {
                _locals.Add(local, il.DeclareLocal(Signature.TypeOf(kind)));
            }
        }
    }

    public Module Module { get; }

    public FunctionBody Body { get; }

    public FunctionScan Scan { get; }

    public ILEmitter IL { get; }

    public OperandStack Stack { get; }

    public BoundsFacts Facts { get; } = new();

    public TrapLabels Traps { get; }

    public FunctionType Type => _type;

    public TemporaryPool Temporaries { get; }

    /// <summary>The address of memory 0, loaded again after everything that may move it.</summary>
    public LocalBuilder MemoryBase => _memoryBase ??= IL.DeclareLocal(typeof(byte*));

    /// <summary>The length of memory 0 in bytes.</summary>
    public LocalBuilder MemoryLength => _memoryLength ??= IL.DeclareLocal(typeof(ulong));

    /// <summary>The argument that says how many calls may still nest.</summary>
    public int DepthArgument => _type.Parameters.Length + 1;

    public bool IsParameter(int local) => local < _type.Parameters.Length;

    public ValueKind KindOf(int local) => _kinds[local];

    public void LoadLocal(int index)
    {
        if (IsParameter(index))
        {
            IL.LoadArgument(index + 1);
        }
        else
        {
            IL.LoadLocal(_locals[index]);
        }
    }

    public void StoreLocal(int index)
    {
        if (IsParameter(index))
        {
            IL.StoreArgument(index + 1);
        }
        else
        {
            IL.StoreLocal(_locals[index]);
        }
    }
}

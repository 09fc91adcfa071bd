using System.Reflection.Emit;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Types;
using Plugins.Wasm.Validation;

namespace Plugins.Wasm.Emit;

/// <summary>Where a function's values are: parameters, locals, temporaries, and what it caches of its instance.</summary>
internal sealed class FunctionScope
{
    private readonly FunctionType _type;
    private readonly Dictionary<int, LocalBuilder> _locals = [];
    private readonly Dictionary<int, ValueKind> _kinds = [];
    private LocalBuilder? _memoryBase;
    private LocalBuilder? _memoryLength;

    public FunctionScope(ILEmitter il, FunctionType type, FunctionBody body, FunctionScan scan)
    {
        IL = il;
        _type = type;
        Temporaries = new TemporaryPool(il, body);
        LocalKinds kinds = new();
        kinds.Reset(type, body);
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

    public ILEmitter IL { get; }

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

using System.Reflection.Emit;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Emit;

/// <summary>Where one function's values are: its parameters, locals, temporaries, and what it caches of its instance.</summary>
internal sealed class FunctionScope
{
    private readonly int _parameters;
    private readonly LocalBuilder?[] _locals;
    private readonly ValueKind[] _kinds;
    private LocalBuilder? _memoryBase;
    private LocalBuilder? _memoryLength;

    public FunctionScope(ILEmitter il, FunctionType type, FunctionBody body)
    {
        IL = il;
        Type = type;
        Temporaries = new TemporaryPool(il, body);
        _parameters = type.Parameters.Length;
        _kinds = [.. type.Parameters, .. body.Locals.SelectMany(g => Enumerable.Repeat(g.Kind, g.Count))];
        _locals = new LocalBuilder?[_kinds.Length];
        for (int i = _parameters; i < _kinds.Length; i++)
        {
            _locals[i] = il.DeclareLocal(Signature.TypeOf(_kinds[i]));
        }
    }

    public ILEmitter IL { get; }

    public FunctionType Type { get; }

    public TemporaryPool Temporaries { get; }

    /// <summary>Parameters and declared locals.</summary>
    public int LocalCount => _kinds.Length;

    public int ParameterCount => _parameters;

    /// <summary>The address of memory 0, loaded again after everything that may move it.</summary>
    public LocalBuilder MemoryBase => _memoryBase ??= IL.DeclareLocal(typeof(byte*));

    /// <summary>The length of memory 0 in bytes.</summary>
    public LocalBuilder MemoryLength => _memoryLength ??= IL.DeclareLocal(typeof(ulong));

    /// <summary>The argument that says how many calls may still nest.</summary>
    public int DepthArgument => _parameters + 1;

    public ValueKind KindOf(int local) => _kinds[local];

    public void LoadLocal(int index)
    {
        if (index < _parameters)
        {
            IL.LoadArgument(index + 1);
        }
        else
        {
            IL.LoadLocal(_locals[index]!);
        }
    }

    public void StoreLocal(int index)
    {
        if (index < _parameters)
        {
            IL.StoreArgument(index + 1);
        }
        else
        {
            IL.StoreLocal(_locals[index]!);
        }
    }
}

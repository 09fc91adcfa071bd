using System.Linq.Expressions;
using System.Reflection.Emit;
using Plugins.Wasm;
using Plugins.Wasm.Types;

namespace Plugins.Benchmarks.Real;

/// <summary>Something for every import of a module.</summary>
internal sealed class ImportStubs
{
    // Where a linker would put data and the stack; what matters is that they are inside the memory.
    private const int DataAddress = 1024;
    private const int StackAddress = 1 << 20;

    internal ImportStubs(Store store, IEnumerable<ImportType> imports)
    {
        foreach ((string module, string name, ExternType type) in imports.DistinctBy(item => (item.Module, item.Name)))
        {
            switch (type)
            {
                case FunctionType function:
                    Imports.Add(module, name, Function(function));
                    break;
                case MemoryType memory:
                    Memory = new LinearMemory(store, memory);
                    Imports.Add(module, name, Memory);
                    break;
                case TableType table:
                    Imports.Add(module, name, new Table(store, table));
                    break;
                case GlobalType global:
                    Imports.Add(module, name, new Global(store, global, ValueOf(global, name)));
                    break;
            }
        }
    }

    internal Imports Imports { get; } = new();

    internal LinearMemory? Memory { get; private set; }

    private static Value ValueOf(GlobalType global, string name) => global switch
    {
        { Value: not ValueKind.I32 } => Value.DefaultOf(global.Value),
        { IsMutable: true } => Value.FromInt32(StackAddress),
        _ => Value.FromInt32(name == "__table_base" ? 0 : DataAddress),
    };

    private static Delegate Function(FunctionType type)
    {
        Type result = type.Results is [ValueKind kind] ? TypeOf(kind) : typeof(void);
        Type[] parameters = [.. type.Parameters.Select(TypeOf)];
        var method = new DynamicMethod("Stub", result, parameters, typeof(ImportStubs).Module);
        ILGenerator code = method.GetILGenerator();
        if (result != typeof(void))
        {
            code.Emit(OpCodes.Ldloc, code.DeclareLocal(result));
        }

        code.Emit(OpCodes.Ret);
        return method.CreateDelegate(Expression.GetDelegateType([.. parameters, result]));
    }

    private static Type TypeOf(ValueKind kind) => kind switch
    {
        ValueKind.I32 => typeof(int),
        ValueKind.I64 => typeof(long),
        ValueKind.F32 => typeof(float),
        ValueKind.F64 => typeof(double),
        ValueKind.FuncRef => typeof(Function),
        _ => typeof(object),
    };
}

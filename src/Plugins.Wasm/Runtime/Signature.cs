using Plugins.Wasm.Binary;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Runtime;

/// <summary>How WebAssembly's types map to the runtime's.</summary>
internal static class Signature
{
    public static Type TypeOf(ValueKind kind) => kind switch
    {
        ValueKind.I32 => typeof(int),
        ValueKind.I64 => typeof(long),
        ValueKind.F32 => typeof(float),
        ValueKind.F64 => typeof(double),
        _ => typeof(object),
    };

    public static Type ReturnTypeOf(FunctionType type) =>
        type.ResultKinds is [var first, ..] ? TypeOf(first) : typeof(void);

    /// <summary>The parameters of a compiled function: context, the function's own, call depth.</summary>
    public static Type[] ParametersOf(FunctionType type, Type context)
    {
        var parameters = new Type[type.Parameters.Length + 2];
        parameters[0] = context;
        for (int i = 0; i < type.Parameters.Length; i++)
        {
            parameters[i + 1] = TypeOf(type.Parameters[i]);
        }

        parameters[^1] = typeof(int);
        return parameters;
    }

    /// <summary>The function type that a delegate's signature stands for.</summary>
    /// <exception cref="ArgumentException">A parameter or the result has no counterpart.</exception>
    public static FunctionType Of(ReadOnlySpan<Type> parameters, Type result)
    {
        var kinds = new ValueKind[parameters.Length];
        for (int i = 0; i < kinds.Length; i++)
        {
            kinds[i] = KindOf(parameters[i]);
        }

        return FunctionType.Adopt(kinds, result == typeof(void) ? EntryList<ValueKind>.None : [KindOf(result)]);
    }

    private static ValueKind KindOf(Type type)
    {
        if (type == typeof(int) || type == typeof(uint))
        {
            return ValueKind.I32;
        }

        if (type == typeof(long) || type == typeof(ulong))
        {
            return ValueKind.I64;
        }

        return type == typeof(float) ? ValueKind.F32
            : type == typeof(double) ? ValueKind.F64
            : type == typeof(Function) ? ValueKind.FuncRef
            : type == typeof(object) ? ValueKind.ExternRef
            : throw new ArgumentException($"{type} has no counterpart in WebAssembly.", nameof(type));
    }
}

using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Plugins.Wasm.Runtime.Code;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Runtime;

/// <summary>How WebAssembly's types map to the runtime's.</summary>
internal static class Signature
{
    /// <summary>Whether two values of 64 bits are returned in registers here: fuel may be one of them.</summary>
    /// <remarks>Windows returns them in memory on x64, which is no better than the store.</remarks>
    public static bool ReturnsPairs { get; } = RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => !OperatingSystem.IsWindows(),
        Architecture.Arm64 => true,
        _ => false,
    };

    public static Type TypeOf(ValueKind kind) => kind switch
    {
        ValueKind.I32 => typeof(int),
        ValueKind.I64 => typeof(long),
        ValueKind.F32 => typeof(float),
        ValueKind.F64 => typeof(double),
        ValueKind.V128 => typeof(Vector128<byte>),
        _ => typeof(object),
    };

    /// <summary>What a compiled function returns: its first result, and the fuel where it is passed.</summary>
    public static Type ReturnTypeOf(FunctionType type, bool passesFuel = false) => type.ResultKinds switch
    {
        [var first, ..] => passesFuel ? FueledMembers.Of(first).Type : TypeOf(first),
        _ => passesFuel ? typeof(long) : typeof(void),
    };

    /// <summary>
    /// The parameters of a compiled function: context, the function's own, call depth, and the fuel where it is passed.
    /// </summary>
    public static Type[] ParametersOf(FunctionType type, Type context, bool passesFuel = false)
    {
        var parameters = new Type[type.Parameters.Length + (passesFuel ? 3 : 2)];
        parameters[0] = context;
        for (int i = 0; i < type.Parameters.Length; i++)
        {
            parameters[i + 1] = TypeOf(type.Parameters[i]);
        }

        parameters[type.Parameters.Length + 1] = typeof(int);
        if (passesFuel)
        {
            parameters[^1] = typeof(long);
        }

        return parameters;
    }

    /// <summary>The function type that a delegate's signature stands for.</summary>
    /// <exception cref="ArgumentException">A parameter or the result has no counterpart.</exception>
    public static FunctionType Of(ReadOnlySpan<Type> parameters, Type result)
    {
        var codes = new ValueCode[parameters.Length];
        for (int i = 0; i < codes.Length; i++)
        {
            codes[i] = (ValueCode)KindOf(parameters[i]);
        }

        return FunctionType.Adopt(
            codes, result == typeof(void) ? FunctionType.NoCodes : [(ValueCode)KindOf(result)]);
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
            : type == typeof(Vector128<byte>) ? ValueKind.V128
            : type == typeof(Function) ? ValueKind.FuncRef
            : type == typeof(object) ? ValueKind.ExternRef
            : throw new ArgumentException($"{type} has no counterpart in WebAssembly.", nameof(type));
    }
}

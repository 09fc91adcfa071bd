using System.Diagnostics.CodeAnalysis;
using Plugins.Wasm.IL;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Runtime.Thunks;

/// <summary>Finds the <see cref="Crossing"/> of a signature.</summary>
internal static class Crossings
{
    /// <summary>The most parameters that one is written for.</summary>
    private const int MaximumParameters = 4;

    /// <param name="parameters">Types that <see cref="Signature.Of"/> accepts.</param>
    /// <param name="result">One of them, or void.</param>
    /// <returns>Null where none is written, or where none was compiled in advance and none can be now.</returns>
    internal static Crossing? Find(ReadOnlySpan<Type> parameters, Type result)
    {
        if (parameters.Length > MaximumParameters)
        {
            return null;
        }

        return FindCompiled(parameters, result)
            ?? (DynamicCode.IsSupported ? Make(parameters, result) : null);
    }

    /// <summary>The one for calls of compiled code, which knows one type for each kind of value.</summary>
    internal static Crossing? Find(FunctionType type)
    {
        if (type.Parameters.Length > MaximumParameters)
        {
            return null;
        }

        var parameters = new Type[type.Parameters.Length];
        for (int i = 0; i < parameters.Length; i++)
        {
            parameters[i] = Signature.TypeOf(type.Parameters[i]);
        }

        return Find(parameters, Signature.ReturnTypeOf(type));
    }

    // Whatever is named here is compiled ahead of time where that is done: with this assembly for a package, and with
    // an application for NativeAOT, where nothing else can be had.
    private static Crossing? FindCompiled(ReadOnlySpan<Type> parameters, Type result) =>
        result == typeof(void) ? FindFor<NoResult>(parameters)
        : result == typeof(int) ? FindFor<int>(parameters)
        : result == typeof(long) ? FindFor<long>(parameters)
        : result == typeof(double) ? FindFor<double>(parameters)
        : result == typeof(float) ? FindFor<float>(parameters)
        : null;

    private static Crossing? FindFor<TResult>(ReadOnlySpan<Type> parameters) => parameters switch
    {
        [] => new Crossing<TResult>(),
        [Type only] => FindFirst<TResult>(only),
        [Type first, Type second] =>
            first == typeof(int) ? FindSecond<int, TResult>(second)
            : first == typeof(long) ? FindSecond<long, TResult>(second)
            : first == typeof(double) ? FindSecond<double, TResult>(second)
            : first == typeof(float) ? FindSecond<float, TResult>(second)
            : null,
        _ when !AreAllInt32(parameters) => null,
        [_, _, _] => new Crossing<int, int, int, TResult>(),
        _ => new Crossing<int, int, int, int, TResult>(),
    };

    private static Crossing? FindFirst<TResult>(Type first) =>
        first == typeof(int) ? new Crossing<int, TResult>()
        : first == typeof(long) ? new Crossing<long, TResult>()
        : first == typeof(double) ? new Crossing<double, TResult>()
        : first == typeof(float) ? new Crossing<float, TResult>()
        : null;

    private static Crossing? FindSecond<T1, TResult>(Type second) =>
        second == typeof(int) ? new Crossing<T1, int, TResult>()
        : second == typeof(long) ? new Crossing<T1, long, TResult>()
        : second == typeof(double) ? new Crossing<T1, double, TResult>()
        : second == typeof(float) ? new Crossing<T1, float, TResult>()
        : null;

    private static bool AreAllInt32(ReadOnlySpan<Type> parameters)
    {
        foreach (Type parameter in parameters)
        {
            if (parameter != typeof(int))
            {
                return false;
            }
        }

        return true;
    }

    [RequiresDynamicCode("The runtime compiles it for these types.")]
    private static Crossing Make(ReadOnlySpan<Type> parameters, Type result)
    {
        Type[] arguments = [.. parameters, result == typeof(void) ? typeof(NoResult) : result];
        Type open = parameters.Length switch
        {
            0 => typeof(Crossing<>),
            1 => typeof(Crossing<,>),
            2 => typeof(Crossing<,,>),
            3 => typeof(Crossing<,,,>),
            _ => typeof(Crossing<,,,,>),
        };
        return (Crossing)Activator.CreateInstance(open.MakeGenericType(arguments))!;
    }
}

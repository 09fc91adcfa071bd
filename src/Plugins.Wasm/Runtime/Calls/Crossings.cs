using System.Diagnostics.CodeAnalysis;
using Plugins.Wasm.IL;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Runtime.Calls;

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

        return DynamicCode.IsSupported
            ? FindCompiled(parameters, result) ?? Make(parameters, result)
            : NativeCrossings.Find(parameters, result);
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

    internal static bool AreAllInt32(ReadOnlySpan<Type> parameters)
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

    // Whatever is named here is compiled with this assembly for a package, so that a new process waits for none of it.
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
        [Type first, Type second] => FindSecond<TResult>(first, second),
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

    private static Crossing? FindSecond<TResult>(Type first, Type second) =>
        first == typeof(int) && second == typeof(int) ? new Crossing<int, int, TResult>()
        : first == typeof(int) && second == typeof(long) ? new Crossing<int, long, TResult>()
        : first == typeof(long) && second == typeof(int) ? new Crossing<long, int, TResult>()
        : first == typeof(long) && second == typeof(long) ? new Crossing<long, long, TResult>()
        : first == typeof(double) && second == typeof(double) ? new Crossing<double, double, TResult>()
        : null;

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

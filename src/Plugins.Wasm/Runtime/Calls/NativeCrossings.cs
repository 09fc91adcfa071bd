using System.Runtime.CompilerServices;

namespace Plugins.Wasm.Runtime.Calls;

/// <summary>The crossings of an application compiled ahead of time (NativeAOT), which can have no others.</summary>
/// <remarks>
/// The methods claim to need all optimisations: that keeps them, and so the code of all that they name, out of the
/// images that packages bring for the ordinary runtime, which never calls them.
/// </remarks>
internal static class NativeCrossings
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static Crossing? Find(ReadOnlySpan<Type> parameters, Type result) =>
        result == typeof(void) ? FindFor<NoResult>(parameters)
        : result == typeof(int) ? FindFor<int>(parameters)
        : result == typeof(long) ? FindFor<long>(parameters)
        : result == typeof(double) ? FindFor<double>(parameters)
        : result == typeof(float) ? FindFor<float>(parameters)
        : result == typeof(object) ? FindFor<object>(parameters)
        : result == typeof(Function) ? FindFor<Function>(parameters)
        : result == typeof(uint) ? FindFor<uint>(parameters)
        : result == typeof(ulong) ? FindFor<ulong>(parameters)
        : null;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Crossing? FindFor<TResult>(ReadOnlySpan<Type> parameters) => parameters switch
    {
        [] => new Crossing<TResult>(),
        [Type only] => FindFirst<TResult>(only),
        [Type first, Type second] =>
            first == typeof(int) ? FindSecond<int, TResult>(second)
            : first == typeof(long) ? FindSecond<long, TResult>(second)
            : first == typeof(double) ? FindSecond<double, TResult>(second)
            : first == typeof(float) ? FindSecond<float, TResult>(second)
            : first == typeof(object) ? FindSecond<object, TResult>(second)
            : null,
        _ when !Crossings.AreAllInt32(parameters) => null,
        [_, _, _] => new Crossing<int, int, int, TResult>(),
        _ => new Crossing<int, int, int, int, TResult>(),
    };

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Crossing? FindFirst<TResult>(Type first) =>
        first == typeof(int) ? new Crossing<int, TResult>()
        : first == typeof(long) ? new Crossing<long, TResult>()
        : first == typeof(double) ? new Crossing<double, TResult>()
        : first == typeof(float) ? new Crossing<float, TResult>()
        : first == typeof(object) ? new Crossing<object, TResult>()
        : first == typeof(Function) ? new Crossing<Function, TResult>()
        : first == typeof(uint) ? new Crossing<uint, TResult>()
        : first == typeof(ulong) ? new Crossing<ulong, TResult>()
        : null;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Crossing? FindSecond<T1, TResult>(Type second) =>
        second == typeof(int) ? new Crossing<T1, int, TResult>()
        : second == typeof(long) ? new Crossing<T1, long, TResult>()
        : second == typeof(double) ? new Crossing<T1, double, TResult>()
        : second == typeof(float) ? new Crossing<T1, float, TResult>()
        : second == typeof(object) ? new Crossing<T1, object, TResult>()
        : null;
}

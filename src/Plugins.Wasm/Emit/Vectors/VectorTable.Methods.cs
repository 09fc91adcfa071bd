using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Plugins.Wasm.Runtime.Vectors;

namespace Plugins.Wasm.Emit.Vectors;

/// <content>Finds the methods.</content>
internal static partial class VectorTable
{
    /// <summary>A method of <see cref="Vector128"/> over vectors with lanes of one type.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="lane">The type.</param>
    /// <param name="operands">How many vectors it takes.</param>
    public static VectorCode Lanes(string name, Type lane, int operands = 1)
    {
        var parameters = new Type[operands];
        Array.Fill(parameters, VectorOf(lane));
        MethodInfo method = typeof(Vector128).GetMethod(name, parameters) ?? Generic(name, operands, operands, lane);
        return new VectorCode(method);
    }

    /// <summary>A method of a processor's instructions.</summary>
    /// <param name="method">The method.</param>
    /// <param name="numberAt">Which of its parameters is a number that is known, if any.</param>
    public static VectorCode Of(MethodInfo method, int numberAt = -1) => new(method) { LaneAt = numberAt };

    /// <summary>Zeros between the upper lanes: on x64 one instruction where widening them takes two.</summary>
    private static VectorCode WidenUpper(Type lane) => Sse2.IsSupported
        ? new(typeof(Sse2).GetMethod(nameof(Sse2.UnpackHigh), [VectorOf(lane), VectorOf(lane)])!) { ZeroAt = 1 }
        : Lanes(nameof(Vector128.WidenUpper), lane);

    private static VectorCode Shift(string name, Type lane, int mask) =>
        new(typeof(Vector128).GetMethod(name, [VectorOf(lane), typeof(int)])!) { Mask = mask };

    private static VectorCode Splat(Type lane) => new(typeof(Vector128).GetMethod(nameof(Vector128.Create), [lane])!);

    private static VectorCode Scalar(Type lane) =>
        new(typeof(Vector128).GetMethod(nameof(Vector128.CreateScalar), [lane])!);

    private static VectorCode Extract(Type lane) =>
        new(Generic(nameof(Vector128.GetElement), 2, 1, lane)) { LaneAt = 1 };

    private static VectorCode Replace(Type lane) =>
        new(Generic(nameof(Vector128.WithElement), 3, 1, lane)) { LaneAt = 1 };

    /// <summary>A method of the engine's, which has the instruction's name.</summary>
    private static VectorCode Own(string name) => new(
        typeof(IntegerLanes).GetMethod(name) ?? typeof(WideProducts).GetMethod(name)
        ?? typeof(FloatLanes).GetMethod(name) ?? throw new InvalidOperationException($"No such instruction: {name}."));

    [UnconditionalSuppressMessage(
        "Trimming", "IL2060", Justification = "The methods ask nothing of their type arguments.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Used only where code can be generated.")]
    private static MethodInfo Generic(string name, int parameters, int vectors, Type lane) =>
        typeof(Vector128).GetMethods(BindingFlags.Static | BindingFlags.Public)
            .Single(method => method.Name == name
                && method.IsGenericMethodDefinition
                && method.GetParameters().Length == parameters
                && method.GetParameters().Count(parameter => parameter.ParameterType.IsGenericType) == vectors)
            .MakeGenericMethod(lane);

    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Used only where code can be generated.")]
    private static Type VectorOf(Type lane) => typeof(Vector128<>).MakeGenericType(lane);
}

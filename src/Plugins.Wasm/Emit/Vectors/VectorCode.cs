using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.Intrinsics;
using Plugins.Wasm.Emit.Operands;
using Plugins.Wasm.IL;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Emit.Vectors;

/// <summary>The methods that a vector instruction becomes, each called with the result of the one before.</summary>
/// <remarks>
/// A vector in a local, argument or temporary has lanes of bytes. What a method wants otherwise is only another type of
/// the same bits, which costs nothing but intermediate language; between two methods it is left out where they agree.
/// </remarks>
internal sealed class VectorCode
{
    private static readonly MethodInfo s_as = typeof(Vector128).GetMethod(nameof(Vector128.As))!;
    private static readonly ConcurrentDictionary<(Type From, Type To), MethodInfo> s_conversions = new();

    private readonly MethodInfo _method;
    private readonly Type[] _parameters;
    private readonly VectorCode? _next;

    public VectorCode(MethodInfo method)
        : this(method, next: null)
    {
    }

    private VectorCode(MethodInfo method, VectorCode? next)
    {
        _method = method;
        _parameters = Array.ConvertAll(method.GetParameters(), parameter => parameter.ParameterType);
        _next = next;
    }

    /// <summary>Which parameter is the instruction's lane, or another number that is known.</summary>
    public int LaneAt { get; init; } = -1;

    /// <summary>Which parameter is a vector of zeros, if any.</summary>
    public int ZeroAt { get; init; } = -1;

    /// <summary>What a shift's count is masked with; 0 where it is no shift.</summary>
    public int Mask { get; init; }

    /// <summary>The type of what is left on the evaluation stack.</summary>
    public Type Result => _next?.Result ?? _method.ReturnType;

    /// <summary>The same, and another method after it.</summary>
    public VectorCode Then(VectorCode next) => new(_method, next);

    /// <summary>Evaluates operands and calls the methods.</summary>
    public void Emit(FunctionPlaces scope, Operand[] operands, int lane)
    {
        ILEmitter il = scope.IL;
        int next = 0;
        for (int i = 0; i < _parameters.Length; i++)
        {
            if (i == LaneAt)
            {
                il.LoadConstant(lane);
                continue;
            }

            if (i == ZeroAt)
            {
                il.LoadZeroVector();
                EmitConversion(il, typeof(Vector128<byte>), _parameters[i]);
                continue;
            }

            EmitOperand(scope, operands[next++], _parameters[i]);
            if (i == 1 && Mask != 0)
            {
                il.LoadConstant(Mask);
                il.Emit(OpCodes.And);
            }
        }

        for (VectorCode? code = this; code is not null; code = code._next)
        {
            EmitCall(il, code._method);
            if (code._next is not null)
            {
                EmitConversion(il, code._method.ReturnType, code._next._parameters[0]);
            }
        }
    }

    /// <summary>Gives a vector another type.</summary>
    public static void EmitConversion(ILEmitter il, Type from, Type to)
    {
        if (from != to)
        {
            EmitCall(il, s_conversions.GetOrAdd((from, to), Conversion));
        }
    }

    private static void EmitOperand(FunctionPlaces scope, Operand operand, Type type)
    {
        if (operand.Kind == ValueKind.V128)
        {
            Type from = typeof(Vector128<byte>);
            if (operand is VectorOperand vector)
            {
                vector.EmitUntyped(scope);
                from = vector.Type;
            }
            else
            {
                operand.Emit(scope);
            }

            EmitConversion(scope.IL, from, type);
            return;
        }

        operand.Emit(scope);
        EmitNarrowing(scope.IL, type);
    }

    private static void EmitNarrowing(ILEmitter il, Type type)
    {
        if (type == typeof(byte))
        {
            il.Emit(OpCodes.Conv_U1);
        }
        else if (type == typeof(ushort))
        {
            il.Emit(OpCodes.Conv_U2);
        }
    }

    private static void EmitCall(ILEmitter il, MethodInfo method)
    {
        if (method.DeclaringType!.Namespace!.StartsWith(typeof(Vector128).Namespace!, StringComparison.Ordinal))
        {
            il.CallIntrinsic(method);
        }
        else
        {
            il.Emit(OpCodes.Call, method);
        }
    }

    [UnconditionalSuppressMessage("Trimming", "IL2060", Justification = "As asks nothing of its type arguments.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Used only where code can be generated.")]
    private static MethodInfo Conversion((Type From, Type To) key) => s_as.MakeGenericMethod(
        key.From.GetGenericArguments()[0], key.To.GetGenericArguments()[0]);
}

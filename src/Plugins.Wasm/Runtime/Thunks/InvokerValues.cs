using System.Reflection;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Runtime.Thunks;

/// <summary>Moves values between spans and the evaluation stack of an emitted invoker.</summary>
internal static class InvokerValues
{
    /// <summary>The method that reads an argument of a type: <c>(ReadOnlySpan&lt;Value&gt;, int) → value</c>.</summary>
    public static MethodInfo Reader(ValueKind kind) => kind switch
    {
        ValueKind.I32 => Method(nameof(ReadInt32)),
        ValueKind.I64 => Method(nameof(ReadInt64)),
        ValueKind.F32 => Method(nameof(ReadSingle)),
        ValueKind.F64 => Method(nameof(ReadDouble)),
        _ => Method(nameof(ReadReference)),
    };

    /// <summary>The method that takes the results: <c>(Function, Span&lt;Value&gt;, first result)</c>.</summary>
    public static MethodInfo Writer(ValueKind kind) => kind switch
    {
        ValueKind.I32 => Method(nameof(WriteInt32)),
        ValueKind.I64 => Method(nameof(WriteInt64)),
        ValueKind.F32 => Method(nameof(WriteSingle)),
        ValueKind.F64 => Method(nameof(WriteDouble)),
        _ => Method(nameof(WriteReference)),
    };

    internal static int ReadInt32(ReadOnlySpan<Value> values, int index) => values[index].AsInt32();

    internal static long ReadInt64(ReadOnlySpan<Value> values, int index) => values[index].AsInt64();

    internal static float ReadSingle(ReadOnlySpan<Value> values, int index) => values[index].AsSingle();

    internal static double ReadDouble(ReadOnlySpan<Value> values, int index) => values[index].AsDouble();

    internal static object? ReadReference(ReadOnlySpan<Value> values, int index) => values[index].Reference;

    internal static void WriteInt32(Function function, Span<Value> results, int first) =>
        Write(function, results, Value.FromInt32(first));

    internal static void WriteInt64(Function function, Span<Value> results, long first) =>
        Write(function, results, Value.FromInt64(first));

    internal static void WriteSingle(Function function, Span<Value> results, float first) =>
        Write(function, results, Value.FromSingle(first));

    internal static void WriteDouble(Function function, Span<Value> results, double first) =>
        Write(function, results, Value.FromDouble(first));

    internal static void WriteReference(Function function, Span<Value> results, object? first) =>
        Write(function, results, Value.FromReference(function.Type.Results[0], first));

    private static void Write(Function function, Span<Value> results, Value first)
    {
        results[0] = first;
        ExtraResults extra = function.Store.ExtraResults;
        for (int i = 1; i < function.Type.Results.Length; i++)
        {
            ValueKind kind = function.Type.Results[i];
            results[i] = kind is ValueKind.FuncRef or ValueKind.ExternRef
                ? Value.FromReference(kind, extra.References[i - 1])
                : Value.FromBits(kind, (ulong)extra.Bits[i - 1]);
        }
    }

    private static MethodInfo Method(string name) =>
        typeof(InvokerValues).GetMethod(name, BindingFlags.Static | BindingFlags.NonPublic)!;
}

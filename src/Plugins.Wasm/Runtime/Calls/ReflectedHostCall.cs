using System.Reflection;
using System.Runtime.ExceptionServices;
using System.Runtime.Intrinsics;
using Plugins.Wasm.Runtime.Interpretation;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Runtime.Calls;

/// <summary>The call of a delegate by reflection, where no code was compiled for its type and none can be.</summary>
internal sealed unsafe class ReflectedHostCall(DelegateShape shape)
{
    internal void Call(HostBinding binding, InterpreterStack stack, ulong* slots)
    {
        int skipped = shape.TakesImporter ? 1 : 0;
        var arguments = new object?[shape.Parameters.Length + skipped];
        if (shape.TakesImporter)
        {
            arguments[0] = binding.Importer;
        }

        for (int i = 0; i < shape.Parameters.Length; i++)
        {
            arguments[i + skipped] = Box(shape.Parameters[i], stack, slots + i);
        }

        object? result = Invoke(binding.Target, arguments);
        if (shape.Type.Results is [ValueKind kind])
        {
            Write(kind, result, binding.Store, stack, slots);
        }
    }

    private static object? Invoke(Delegate target, object?[] arguments)
    {
        try
        {
            return target.DynamicInvoke(arguments);
        }
        catch (TargetInvocationException exception) when (exception.InnerException is not null)
        {
            ExceptionDispatchInfo.Throw(exception.InnerException);
            throw;
        }
    }

    private static object? Box(Type type, InterpreterStack stack, ulong* slot) =>
        type == typeof(int) ? (int)*slot
        : type == typeof(uint) ? (uint)*slot
        : type == typeof(long) ? (long)*slot
        : type == typeof(ulong) ? *slot
        : type == typeof(float) ? Slot.Read<float>(stack, slot)
        : type == typeof(double) ? Slot.Read<double>(stack, slot)
        : type == typeof(Vector128<byte>) ? Slot.Read<Vector128<byte>>(stack, slot)
        : stack.ReferenceAt(slot);

    private static void Write(ValueKind kind, object? result, Store store, InterpreterStack stack, ulong* slot)
    {
        switch (result)
        {
            case int value when kind == ValueKind.I32: Slot.Write(stack, slot, value); break;
            case uint value when kind == ValueKind.I32: Slot.Write(stack, slot, value); break;
            case long value when kind == ValueKind.I64: Slot.Write(stack, slot, value); break;
            case ulong value when kind == ValueKind.I64: Slot.Write(stack, slot, value); break;
            case float value when kind == ValueKind.F32: Slot.Write(stack, slot, value); break;
            case double value when kind == ValueKind.F64: Slot.Write(stack, slot, value); break;
            case Vector128<byte> value when kind == ValueKind.V128: Slot.Write(stack, slot, value); break;
            default:
                stack.ReferenceAt(slot) = kind == ValueKind.FuncRef ? Function.ThrowIfForeign(result, store) : result;
                break;
        }
    }
}

using System.Reflection.Emit;
using System.Runtime.Intrinsics;
using Plugins.Wasm.IL;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Emit.Outlining;

/// <summary>Emits the ways of numbers and vectors through slots.</summary>
internal static class SlotAccess
{
    /// <summary>The size of one: a vector's, for only few functions are cut.</summary>
    public const int Bytes = 16;

    /// <summary>Makes the address of a slot of that of the first.</summary>
    public static void EmitOffset(ILEmitter il, int slot)
    {
        if (slot > 0)
        {
            il.LoadConstant(slot * Bytes);
            il.Emit(OpCodes.Add);
        }
    }

    /// <summary>Loads a value from an address.</summary>
    public static void EmitLoad(ILEmitter il, ValueKind kind)
    {
        if (kind == ValueKind.V128)
        {
            il.Emit(OpCodes.Ldobj, typeof(Vector128<byte>));
            return;
        }

        il.Emit(kind switch
        {
            ValueKind.I32 => OpCodes.Ldind_I4,
            ValueKind.I64 => OpCodes.Ldind_I8,
            ValueKind.F32 => OpCodes.Ldind_R4,
            _ => OpCodes.Ldind_R8,
        });
    }

    /// <summary>Stores a value at an address; both are on the evaluation stack.</summary>
    public static void EmitStore(ILEmitter il, ValueKind kind)
    {
        if (kind == ValueKind.V128)
        {
            il.Emit(OpCodes.Stobj, typeof(Vector128<byte>));
            return;
        }

        il.Emit(kind switch
        {
            ValueKind.I32 => OpCodes.Stind_I4,
            ValueKind.I64 => OpCodes.Stind_I8,
            ValueKind.F32 => OpCodes.Stind_R4,
            _ => OpCodes.Stind_R8,
        });
    }
}

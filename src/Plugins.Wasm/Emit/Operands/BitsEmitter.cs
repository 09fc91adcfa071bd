using System.Reflection.Emit;
using Plugins.Wasm.IL;
using Plugins.Wasm.Runtime;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Emit.Operands;

/// <summary>Emits the storing of values into arrays: of 64 bits, of references, of vectors.</summary>
internal static class BitsEmitter
{
    /// <summary>Stores the value on the evaluation stack, above an array and an index.</summary>
    public static void EmitStoreElement(ILEmitter il, ValueKind kind)
    {
        if (kind.IsReference)
        {
            il.Emit(OpCodes.Stelem_Ref);
            return;
        }

        if (kind == ValueKind.V128)
        {
            il.Emit(OpCodes.Stelem, Signature.TypeOf(kind));
            return;
        }

        EmitToBits(il, kind);
        il.Emit(OpCodes.Stelem_I8);
    }

    private static void EmitToBits(ILEmitter il, ValueKind kind)
    {
        if (kind == ValueKind.F64)
        {
            il.Emit(OpCodes.Call, RuntimeMembers.DoubleToBits);
            return;
        }

        if (kind == ValueKind.F32)
        {
            il.Emit(OpCodes.Call, RuntimeMembers.SingleToBits);
        }

        if (kind != ValueKind.I64)
        {
            il.Emit(OpCodes.Conv_I8);
        }
    }
}

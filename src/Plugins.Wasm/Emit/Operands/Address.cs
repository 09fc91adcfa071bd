using System.Reflection.Emit;
using Plugins.Wasm.IL;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Emit.Operands;

/// <summary>A memory address that is known to be in bounds: an unsigned index plus an offset.</summary>
/// <param name="Index">An <c>i32</c>, or an <c>i64</c> that was zero-extended already.</param>
/// <param name="Offset">Bytes to add.</param>
internal readonly record struct Address(Operand Index, ulong Offset)
{
    /// <summary>Whether the index is the native address itself, of another memory than the first.</summary>
    public bool IsNative { get; init; }

    /// <summary>Pushes the native address.</summary>
    public void Emit(FunctionPlaces scope)
    {
        ILEmitter il = scope.IL;
        if (IsNative)
        {
            Index.Emit(scope);
            return;
        }

        il.LoadLocal(scope.MemoryBase);
        if (Index is ConstantOperand constant)
        {
            EmitOffset(il, (uint)constant.Bits + Offset);
            return;
        }

        Index.Emit(scope);
        if (Index.Kind == ValueKind.I32)
        {
            il.Emit(OpCodes.Conv_U8);
        }

        il.Emit(OpCodes.Add);
        EmitOffset(il, Offset);
    }

    private static void EmitOffset(ILEmitter il, ulong offset)
    {
        if (offset != 0)
        {
            il.LoadConstant((long)offset);
            il.Emit(OpCodes.Add);
        }
    }
}

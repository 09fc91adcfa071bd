using System.Reflection.Emit;
using System.Runtime.Intrinsics;
using Plugins.Wasm.IL;
using Plugins.Wasm.Runtime;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Emit.Operands;

/// <summary>A constant number, or a reference that is null.</summary>
internal sealed class ConstantOperand : Operand
{
    /// <param name="kind">Its type.</param>
    /// <param name="bits">Its bits; 0 for a null reference.</param>
    public ConstantOperand(ValueKind kind, ulong bits)
        : base(kind)
    {
        Bits = bits;
        UpperBound = bits;
        MayBeComparison = false;
    }

    public ulong Bits { get; }

    /// <summary>Whether it is a float that is not a number.</summary>
    public bool IsNaN => Kind switch
    {
        ValueKind.F32 => float.IsNaN(BitConverter.Int32BitsToSingle((int)Bits)),
        ValueKind.F64 => double.IsNaN(BitConverter.Int64BitsToDouble((long)Bits)),
        _ => false,
    };

    public override bool IsSettled => true;

    public override void Emit(FunctionPlaces scope)
    {
        ILEmitter il = scope.IL;
        switch (Kind)
        {
            case ValueKind.I32:
                il.LoadConstant((int)Bits);
                break;
            case ValueKind.I64:
                il.LoadConstant((long)Bits);
                break;
            case ValueKind.F32:
                il.LoadConstant(BitConverter.Int32BitsToSingle((int)Bits));
                break;
            case ValueKind.F64:
                il.LoadConstant(BitConverter.Int64BitsToDouble((long)Bits));
                break;
            default:
                il.Emit(OpCodes.Ldnull);
                break;
        }
    }

    /// <summary>Pushes a zero, a vector of zeros or null.</summary>
    public static void EmitZero(ILEmitter il, ValueKind kind)
    {
        switch (kind)
        {
            case ValueKind.I32:
                il.LoadConstant(0);
                break;
            case ValueKind.I64:
                il.LoadConstant(0L);
                break;
            case ValueKind.F32:
                il.LoadConstant(0f);
                break;
            case ValueKind.F64:
                il.LoadConstant(0d);
                break;
            case ValueKind.V128:
                il.LoadZeroVector();
                break;
            default:
                il.Emit(OpCodes.Ldnull);
                break;
        }
    }

    /// <summary>A vector whose lanes are the number.</summary>
    public Vector128<byte> Splat() => Kind is ValueKind.I32 or ValueKind.F32
        ? Vector128.Create((uint)Bits).AsByte()
        : Vector128.Create(Bits).AsByte();

    /// <summary>Pushes the value of a float as one that the optimiser does not know.</summary>
    /// <remarks>It would hold a float constant as a double, which quiets a signaling NaN.</remarks>
    public void EmitOpaque(ILEmitter il)
    {
        if (Kind == ValueKind.F32)
        {
            il.LoadConstant((int)Bits);
            il.Emit(OpCodes.Call, RuntimeMembers.Numeric(nameof(Runtime.Numerics.OpaqueSingle), typeof(int)));
        }
        else
        {
            il.LoadConstant((long)Bits);
            il.Emit(OpCodes.Call, RuntimeMembers.Numeric(nameof(Runtime.Numerics.OpaqueDouble), typeof(long)));
        }
    }
}

using System.Reflection.Emit;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Emit.Operands;

/// <summary>A constant of any type; references are null.</summary>
internal sealed class ConstantOperand : Operand
{
    public ConstantOperand(ValueKind kind, ulong bits)
        : base(kind)
    {
        Bits = bits;
        UpperBound = bits;
    }

    public ulong Bits { get; }

    public override bool IsSettled => true;

    public override void Emit(FunctionScope scope)
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
                EmitSingle(il, (int)Bits);
                break;
            case ValueKind.F64:
                EmitDouble(il, (long)Bits);
                break;
            default:
                il.Emit(OpCodes.Ldnull);
                break;
        }
    }

    // The optimiser holds float constants as doubles, which would quiet a signaling NaN.
    private static void EmitSingle(ILEmitter il, int bits)
    {
        float value = BitConverter.Int32BitsToSingle(bits);
        if (float.IsNaN(value))
        {
            il.LoadConstant(bits);
            il.Emit(OpCodes.Call, RuntimeMembers.Numeric(nameof(Runtime.Numerics.OpaqueSingle), typeof(int)));
        }
        else
        {
            il.LoadConstant(value);
        }
    }

    private static void EmitDouble(ILEmitter il, long bits)
    {
        double value = BitConverter.Int64BitsToDouble(bits);
        if (double.IsNaN(value))
        {
            il.LoadConstant(bits);
            il.Emit(OpCodes.Call, RuntimeMembers.Numeric(nameof(Runtime.Numerics.OpaqueDouble), typeof(long)));
        }
        else
        {
            il.LoadConstant(value);
        }
    }
}

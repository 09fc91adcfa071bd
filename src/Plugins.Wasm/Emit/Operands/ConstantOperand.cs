using System.Reflection.Emit;
using Plugins.Wasm.Emit.Functions;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Emit.Operands;

/// <summary>A constant of any type; references are null.</summary>
internal sealed class ConstantOperand : Operand
{
    private readonly bool _isHidden;

    /// <param name="kind">Its type.</param>
    /// <param name="bits">Its bits; 0 for a null reference.</param>
    /// <param name="isHidden">Whether the optimiser must not see the value of a float.</param>
    public ConstantOperand(ValueKind kind, ulong bits, bool isHidden = false)
        : base(kind)
    {
        Bits = bits;
        UpperBound = bits;
        MayBeComparison = false;
        _isHidden = isHidden;
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
    private void EmitSingle(ILEmitter il, int bits)
    {
        float value = BitConverter.Int32BitsToSingle(bits);
        if (_isHidden || float.IsNaN(value))
        {
            il.LoadConstant(bits);
            il.Emit(OpCodes.Call, RuntimeMembers.Numeric(nameof(Runtime.Numerics.OpaqueSingle), typeof(int)));
        }
        else
        {
            il.LoadConstant(value);
        }
    }

    private void EmitDouble(ILEmitter il, long bits)
    {
        double value = BitConverter.Int64BitsToDouble(bits);
        if (_isHidden || double.IsNaN(value))
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

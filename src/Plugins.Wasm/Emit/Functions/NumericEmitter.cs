using System.Reflection.Emit;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Emit.Operands;
using Plugins.Wasm.IL;
using Plugins.Wasm.Runtime;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Emit.Functions;

/// <summary>Emits constants and numeric operators, and the checks of those that can trap.</summary>
/// <remarks>WebAssembly 2.0, section 4.4.1.</remarks>
internal sealed class NumericEmitter
{
    private readonly FunctionScope _scope;
    private readonly ILEmitter _il;
    private readonly OperandStack _stack;
    private readonly TrapLabels _traps;

    public NumericEmitter(FunctionScope scope)
    {
        _scope = scope;
        _il = scope.IL;
        _stack = scope.Stack;
        _traps = scope.Traps;
    }

    public void Emit(in Instruction instruction, in OpcodeInfo info)
    {
        Opcode opcode = instruction.Opcode;
        if (info.OperandCount == 0)
        {
            _stack.PushConstant(info.Result, instruction.Immediate);
        }
        else if (info.OperandCount == 1)
        {
            Push(opcode, new UnaryOperand(opcode, EmitTruncationCheck(opcode, _stack.Pop())));
        }
        else
        {
            Operand right = HideIdentity(opcode, Constants.PrepareRight(opcode, _stack.Pop()));
            Operand left = HideIdentity(opcode, _stack.Pop());
            EmitDivisionCheck(opcode, ref left, ref right);
            bool isHidden = _scope.Scan.Hazards.Hides(
                opcode, right is ConstantOperand, left.MayBeComparison || right.MayBeComparison);
            Push(opcode, new BinaryOperand(opcode, left, right, isHidden));
        }
    }

    private void Push(Opcode opcode, Operand result) => _stack.Push(
        _scope.Module.CanonicalizesNaNs && OpcodeTable.MakesNaNs(opcode)
            ? new CanonicalOperand(result)
            : result);

    /// <summary>
    /// Hides a float constant with which the optimiser would drop the operation, and a NaN's quieting with it.
    /// </summary>
    private Operand HideIdentity(Opcode opcode, Operand operand) =>
        operand is ConstantOperand constant && Constants.IsIdentity(opcode, constant)
            ? _stack.ToOpaque(constant)
            : operand;

    private void EmitDivisionCheck(Opcode opcode, ref Operand left, ref Operand right)
    {
        bool isDivision = opcode
            is (>= Opcode.I32DivS and <= Opcode.I32RemU)
            or (>= Opcode.I64DivS and <= Opcode.I64RemU);
        if (!isDivision || (right is ConstantOperand constant && Constants.IsSafeDivisor(constant)))
        {
            return;
        }

        TemporaryOperand divisor = _stack.ToTemporary(right);
        right = divisor;
        _il.LoadLocal(divisor.Local);
        _il.Branch(OpCodes.Brfalse, _traps[TrapKind.IntegerDivideByZero]);
        if (opcode is Opcode.I32DivS or Opcode.I64DivS)
        {
            TemporaryOperand dividend = _stack.ToTemporary(left);
            left = dividend;
            EmitQuotientCheck(dividend, divisor, isLong: opcode == Opcode.I64DivS);
        }
    }

    /// <summary>The one quotient that does not fit: the smallest number divided by -1.</summary>
    private void EmitQuotientCheck(TemporaryOperand dividend, TemporaryOperand divisor, bool isLong)
    {
        Label fits = _il.DefineLabel();
        _il.LoadLocal(divisor.Local);
        LoadInteger(isLong, -1);
        _il.Branch(OpCodes.Bne_Un, fits);
        _il.LoadLocal(dividend.Local);
        LoadInteger(isLong, isLong ? long.MinValue : int.MinValue);
        _il.Branch(OpCodes.Beq, _traps[TrapKind.IntegerOverflow]);
        _il.Mark(fits);
    }

    private void LoadInteger(bool isLong, long value)
    {
        if (isLong)
        {
            _il.LoadConstant(value);
        }
        else
        {
            _il.LoadConstant((int)value);
        }
    }

    private Operand EmitTruncationCheck(Opcode opcode, Operand operand)
    {
        if (Truncation.RangeOf(opcode) is not (double below, double above))
        {
            return operand;
        }

        TemporaryOperand value = _stack.ToTemporary(operand);
        _il.LoadLocal(value.Local);
        _il.LoadLocal(value.Local);
        _il.Branch(OpCodes.Bne_Un, _traps[TrapKind.InvalidConversionToInteger]);
        EmitLimit(value, below, OpCodes.Ble);
        EmitLimit(value, above, OpCodes.Bge);
        return value;
    }

    private void EmitLimit(TemporaryOperand value, double limit, OpCode isOutside)
    {
        _il.LoadLocal(value.Local);
        if (value.Kind == ValueKind.F32)
        {
            _il.Emit(OpCodes.Conv_R8);
        }

        _il.LoadConstant(limit);
        _il.Branch(isOutside, _traps[TrapKind.IntegerOverflow]);
    }

    /// <summary>Numbers of 128 bits: the low half of each comes before the high one.</summary>
    public void EmitWide(Opcode opcode)
    {
        LocalBuilder[] operands =
        [
            .. _stack.Pop(opcode <= Opcode.I64Sub128 ? 4 : 2).Select(operand =>
            {
                operand.Emit(_scope);
                return Store();
            }),
        ];
        if (opcode <= Opcode.I64Sub128)
        {
            EmitWideSum(operands, opcode == Opcode.I64Add128 ? OpCodes.Add : OpCodes.Sub);
        }
        else
        {
            EmitPair(operands, OpCodes.Mul);
            LocalBuilder low = Store();
            _il.LoadLocal(operands[0]);
            _il.LoadLocal(operands[1]);
            _il.Emit(OpCodes.Call, RuntimeMembers.HighOf(opcode == Opcode.I64MulWideS));
            Push(low, Store());
        }

        foreach (LocalBuilder operand in operands)
        {
            _scope.Temporaries.Return(operand);
        }
    }

    /// <summary>There is a carry if a sum is less than its parts, a borrow if the second of them is more.</summary>
    private void EmitWideSum(LocalBuilder[] operands, OpCode operation)
    {
        EmitPair([operands[0], operands[2]], operation);
        LocalBuilder low = Store();
        EmitPair([operands[1], operands[3]], operation);
        _il.LoadLocal(operation == OpCodes.Add ? low : operands[0]);
        _il.LoadLocal(operation == OpCodes.Add ? operands[0] : operands[2]);
        _il.Emit(OpCodes.Clt_Un);
        _il.Emit(OpCodes.Conv_U8);
        _il.Emit(operation);
        Push(low, Store());
    }

    private void EmitPair(LocalBuilder[] operands, OpCode operation)
    {
        _il.LoadLocal(operands[0]);
        _il.LoadLocal(operands[1]);
        _il.Emit(operation);
    }

    private LocalBuilder Store()
    {
        LocalBuilder local = _scope.Temporaries.Rent(typeof(long));
        _il.StoreLocal(local);
        return local;
    }

    private void Push(LocalBuilder low, LocalBuilder high)
    {
        _stack.PushTemporary(ValueKind.I64, low);
        _stack.PushTemporary(ValueKind.I64, high);
    }
}

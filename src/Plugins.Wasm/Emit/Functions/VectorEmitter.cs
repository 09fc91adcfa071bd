using System.Reflection.Emit;
using System.Runtime.Intrinsics;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Emit.Operands;
using Plugins.Wasm.Emit.Vectors;
using Plugins.Wasm.IL;
using Plugins.Wasm.Runtime;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Emit.Functions;

/// <summary>Emits vector instructions.</summary>
/// <remarks>WebAssembly 2.0, sections 4.4.3 and 4.4.7.</remarks>
internal sealed class VectorEmitter
{
    private readonly FunctionScope _scope;
    private readonly MemoryEmitter _memory;
    private readonly ILEmitter _il;
    private readonly OperandStack _stack;

    public VectorEmitter(FunctionScope scope, MemoryEmitter memory)
    {
        _scope = scope;
        _memory = memory;
        _il = scope.IL;
        _stack = scope.Stack;
    }

    public void Emit(in Instruction instruction, in OpcodeInfo info)
    {
        Opcode opcode = instruction.Opcode;
        if (info.AccessBytes > 0)
        {
            EmitAccess(instruction, info);
        }
        else if (opcode == Opcode.V128Const)
        {
            _stack.PushConstant(info.Result, instruction.Immediate);
        }
        else if (opcode == Opcode.I8x16Shuffle)
        {
            Operand high = _stack.Pop();
            Operand low = _stack.Pop();
            _stack.Push(Shuffle.Of(_scope, low, high, _scope.Module.Binary.VectorAt(instruction.Immediate)));
        }
        else
        {
            Operand[] operands = _stack.Pop(info.OperandCount);
            for (int i = 0; i < operands.Length; i++)
            {
                operands[i] = HideIdentity(opcode, operands[i]);
            }

            if (IsSelection(opcode))
            {
                // The method takes the mask first.
                operands = [operands[2], operands[0], operands[1]];
            }

            VectorCode code = Swizzle.MayBePlain(opcode, operands) ? Swizzle.Plain : VectorTable.Of(opcode);
            Push(opcode, new VectorOperand(code, info.Result, operands, instruction.Lane)
            {
                HasSmallBytes = Swizzle.GivesSmallBytes(opcode, operands),
            });
        }
    }

    private void Push(Opcode opcode, VectorOperand result) => _stack.Push(
        _scope.Module.CanonicalizesNaNs && VectorTable.CanonicalOf(opcode) is VectorCode canonical
            ? new VectorOperand(canonical, result.Kind, [result])
            : result);

    private static bool IsSelection(Opcode opcode) => opcode is Opcode.V128Bitselect
        or (>= Opcode.I8x16RelaxedLaneselect and <= Opcode.I64x2RelaxedLaneselect);

    private void EmitAccess(in Instruction instruction, in OpcodeInfo info)
    {
        Operand? vector = info.OperandCount > 1 ? _stack.Pop() : null;
        Address address = _memory.EmitBoundsCheck(instruction, _stack.Pop(), info.AccessBytes);
        if (vector is null)
        {
            _stack.Push(Load(instruction.Opcode, address));
        }
        else if (info.HasResult)
        {
            int size = instruction.Opcode - Opcode.V128Load8Lane;
            Operand number = new LoadOperand(LaneAccess.LoadOf(size), address);
            _stack.Push(new VectorOperand(
                VectorTable.Of(LaneAccess.ReplaceOf(size)), info.Result, [vector, number], instruction.Lane));
        }
        else
        {
            EmitStore(instruction, address, vector);
        }
    }

    private static Operand Load(Opcode opcode, Address address) => opcode switch
    {
        Opcode.V128Load => new LoadOperand(opcode, address),
        >= Opcode.V128Load8Splat and <= Opcode.V128Load64Splat => new VectorOperand(
            VectorTable.Of(LaneAccess.SplatOf(opcode - Opcode.V128Load8Splat)),
            ValueKind.V128,
            [new LoadOperand(LaneAccess.LoadOf(opcode - Opcode.V128Load8Splat), address)]),
        _ => new VectorOperand(
            VectorTable.Of(opcode),
            ValueKind.V128,
            [new LoadOperand(opcode == Opcode.V128Load32Zero ? Opcode.I32Load : Opcode.I64Load, address)]),
    };

    private void EmitStore(in Instruction instruction, Address address, Operand vector)
    {
        _stack.SpillReadersOf(Reads.Memory);
        address.Emit(_scope);
        if (instruction.Opcode == Opcode.V128Store)
        {
            vector.Emit(_scope);
            _il.Emit(OpCodes.Stobj, Signature.TypeOf(ValueKind.V128));
            return;
        }

        int size = instruction.Opcode - Opcode.V128Store8Lane;
        Opcode extract = LaneAccess.ExtractOf(size);
        new VectorOperand(VectorTable.Of(extract), OpcodeTable.Get(extract).Result, [vector], instruction.Lane)
            .Emit(_scope);
        _il.Emit(LaneAccess.StoreOf(size));
    }

    /// <summary>
    /// Hides a constant with which the optimiser would drop an operation on floats, and a NaN's quieting with it.
    /// </summary>
    private Operand HideIdentity(Opcode opcode, Operand operand) =>
        operand is VectorConstantOperand constant && VectorIdentity.IsIn(opcode, constant.Value)
            ? _stack.ToOpaque(constant)
            : operand is VectorOperand { Splatted: ConstantOperand { Kind: ValueKind.F32 or ValueKind.F64 } number }
                && VectorIdentity.IsIn(opcode, number.Splat())
            ? _stack.ToOpaque(new VectorConstantOperand(number.Splat()))
            : operand;
}

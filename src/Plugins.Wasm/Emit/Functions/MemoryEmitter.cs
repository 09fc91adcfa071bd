using System.Reflection.Emit;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Emit.Operands;
using Plugins.Wasm.IL;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Emit.Functions;

/// <summary>Emits loads and stores, and as few bounds checks for them as it can.</summary>
/// <remarks>WebAssembly 2.0, sections 4.4.7.1 to 4.4.7.6.</remarks>
internal sealed class MemoryEmitter
{
    private readonly FunctionScope _scope;
    private readonly ILEmitter _il;
    private readonly OperandStack _stack;
    private readonly BoundsFacts _facts;
    private readonly TrapLabels _traps;

    public MemoryEmitter(FunctionScope scope)
    {
        _scope = scope;
        _il = scope.IL;
        _stack = scope.Stack;
        _facts = scope.Facts;
        _traps = scope.Traps;
    }

    public void EmitLoad(in Instruction instruction, int bytes)
    {
        Address address = EmitBoundsCheck(_stack.Pop(), instruction.Immediate, bytes);
        _stack.Push(new LoadOperand(instruction.Opcode, address));
    }

    public void EmitStore(in Instruction instruction, int bytes)
    {
        Operand value = _stack.Pop();
        Address address = EmitBoundsCheck(_stack.Pop(), instruction.Immediate, bytes);
        _stack.SpillReadersOf(Reads.Memory);
        address.Emit(_scope);
        value.Emit(_scope);
        _il.Emit(instruction.Opcode switch
        {
            Opcode.I32Store or Opcode.I64Store32 => OpCodes.Stind_I4,
            Opcode.I64Store => OpCodes.Stind_I8,
            Opcode.F32Store => OpCodes.Stind_R4,
            Opcode.F64Store => OpCodes.Stind_R8,
            Opcode.I32Store8 or Opcode.I64Store8 => OpCodes.Stind_I1,
            _ => OpCodes.Stind_I2,
        });
    }

    /// <summary>
    /// Emits the check that an access lies inside the memory, unless that is known, and gives the address in a form
    /// that can be evaluated again.
    /// </summary>
    public Address EmitBoundsCheck(Operand index, ulong offset, int bytes)
    {
        ulong extent = offset + (ulong)bytes;
        ulong always = (ulong)_scope.Module.Binary.Memories[0].Limits.Minimum * LinearMemory.PageBytes;
        if (index.UpperBound + extent <= always)
        {
            return new Address(index, offset);
        }

        if (index is LocalOperand local)
        {
            if (!_facts.Covers(local.Index, extent))
            {
                _facts.Add(local.Index, extent);
                EmitComparison(index, extent);
            }

            return new Address(index, offset);
        }

        if (index is not ConstantOperand)
        {
            index = EmitZeroExtended(index);
        }

        EmitComparison(index, extent);
        return new Address(index, offset);
    }

    /// <summary>Is <c>address &gt; length - extent</c>? Signed, so that it is exact whatever the length.</summary>
    /// <remarks>
    /// The right side does not depend on the address: the runtime's compiler computes it once for many accesses, where
    /// <c>address + extent</c> would cost every access an addition.
    /// </remarks>
    private void EmitComparison(Operand index, ulong extent)
    {
        switch (index)
        {
            case ConstantOperand constant:
                _il.LoadConstant((long)(uint)constant.Bits);
                break;
            case LocalOperand local:
                _scope.LoadLocal(local.Index);
                _il.Emit(OpCodes.Conv_U8);
                break;
            default:
                _il.LoadLocal(((TemporaryOperand)index).Local);
                break;
        }

        _il.LoadLocal(_scope.MemoryLength);
        _il.LoadConstant((long)extent);
        _il.Emit(OpCodes.Sub);
        _il.Branch(OpCodes.Bgt, _traps[TrapKind.OutOfBoundsMemoryAccess]);
    }

    private TemporaryOperand EmitZeroExtended(Operand index)
    {
        index.Emit(_scope);
        _il.Emit(OpCodes.Conv_U8);
        LocalBuilder local = _scope.Temporaries.Rent(typeof(long));
        _il.StoreLocal(local);
        return new TemporaryOperand(ValueKind.I64, local);
    }
}

using System.Reflection.Emit;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Emit.Operands;
using Plugins.Wasm.IL;
using Plugins.Wasm.Runtime;
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
        Address address = EmitBoundsCheck(instruction, _stack.Pop(), bytes);
        _stack.Push(new LoadOperand(instruction.Opcode, address));
    }

    public void EmitStore(in Instruction instruction, int bytes)
    {
        Operand value = _stack.Pop();
        Address address = EmitBoundsCheck(instruction, _stack.Pop(), bytes);
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
    public Address EmitBoundsCheck(in Instruction instruction, Operand index, int bytes) =>
        IsFar(instruction)
            ? EmitFarAddress(instruction, index, bytes)
            : EmitBoundsCheck(index, instruction.Immediate, bytes);

    private Address EmitBoundsCheck(Operand index, ulong offset, int bytes)
    {
        ulong extent = offset + (ulong)bytes;
        MemoryType memory = _scope.Module.Binary.Memories[0];
        ulong always = memory.BytesOf(memory.Limits.Minimum);
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

    private bool IsFar(in Instruction instruction) =>
        instruction.Index != 0 || _scope.Module.Binary.Memories[0].Address == ValueKind.I64;

    /// <summary>
    /// Finds the place of an access in another memory than the first, or with a 64-bit address; its bounds are checked
    /// each time.
    /// </summary>
    /// <remarks>What may move a memory has all that reads one evaluated before.</remarks>
    private Address EmitFarAddress(in Instruction instruction, Operand index, int bytes)
    {
        LocalBuilder address = _scope.Temporaries.Rent(typeof(long));
        LocalBuilder memory = _scope.Temporaries.Rent(typeof(LinearMemory));
        index.Emit(_scope);
        EmitExtension(index.Kind);
        _il.StoreLocal(address);
        _il.LoadArgument(0);
        _il.Emit(OpCodes.Ldfld, RuntimeMembers.InstanceMemories);
        _il.LoadConstant((int)instruction.Index);
        _il.Emit(OpCodes.Ldelem_Ref);
        _il.StoreLocal(memory);
        EmitFarCheck(address, memory, instruction.Immediate, bytes, index.Kind);
        _il.LoadLocal(memory);
        _il.Emit(OpCodes.Ldfld, RuntimeMembers.MemoryBase);
        _il.LoadLocal(address);
        _il.Emit(OpCodes.Add);
        _il.LoadConstant((long)instruction.Immediate);
        _il.Emit(OpCodes.Add);
        _il.Emit(OpCodes.Conv_U8);
        _il.StoreLocal(address);
        _scope.Temporaries.Return(memory);
        return new Address(new TemporaryOperand(ValueKind.I64, address), 0) { IsNative = true };
    }

    private void EmitExtension(ValueKind kind)
    {
        if (kind == ValueKind.I32)
        {
            _il.Emit(OpCodes.Conv_U8);
        }
    }

    /// <summary>Where <c>length - extent</c> is negative, nothing is in bounds; else addresses up to it are.</summary>
    private void EmitFarCheck(LocalBuilder address, LocalBuilder memory, ulong offset, int bytes, ValueKind kind)
    {
        // No memory is as long as that, so that what is more may be taken for it.
        ulong extent = Math.Min(offset, long.MaxValue - 64) + (ulong)bytes;
        LocalBuilder room = _scope.Temporaries.Rent(typeof(long));
        _il.LoadLocal(memory);
        _il.Emit(OpCodes.Ldfld, RuntimeMembers.MemoryLength);
        _il.LoadConstant((long)extent);
        _il.Emit(OpCodes.Sub);
        _il.StoreLocal(room);
        if (kind == ValueKind.I64)
        {
            _il.LoadLocal(room);
            _il.LoadConstant(0L);
            _il.Branch(OpCodes.Blt, _traps[TrapKind.OutOfBoundsMemoryAccess]);
        }

        _il.LoadLocal(address);
        _il.LoadLocal(room);
        _il.Branch(
            kind == ValueKind.I64 ? OpCodes.Bgt_Un : OpCodes.Bgt, _traps[TrapKind.OutOfBoundsMemoryAccess]);
        _scope.Temporaries.Return(room);
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

using System.Reflection.Emit;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Emit.Operands;
using Plugins.Wasm.Runtime;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Emit;

// Variables, references, tables and bulk operations: WebAssembly 2.0, sections 4.4.2 and 4.4.4 to 4.4.7.
internal sealed partial class FunctionEmitter
{
    private void EmitLocalSet(int index)
    {
        Operand value = _stack.Pop();
        _stack.SpillReadersOfLocal(index);
        value.Emit(_scope);
        _scope.StoreLocal(index);
        _facts.Set(index);
    }

    private void EmitGlobalGet(int index)
    {
        GlobalPlace place = _module.Globals[index];
        GlobalType type = _binary.Globals[index];
        _stack.Push(place.Constant is ConstantExpression constant
            ? new ConstantOperand(type.Value, constant.Bits)
            : new GlobalOperand(type, place, index));
    }

    private void EmitGlobalSet(int index)
    {
        Operand value = _stack.Pop();
        _stack.SpillReadersOf(Reads.Globals);
        ValueKind kind = _binary.Globals[index].Value;
        if (kind is ValueKind.FuncRef or ValueKind.ExternRef)
        {
            GlobalOperand.EmitCell(_il, index);
            value.Emit(_scope);
            _il.Emit(OpCodes.Stfld, RuntimeMembers.GlobalReference);
            return;
        }

        GlobalOperand.EmitAddress(_il, _module.Globals[index], index);
        value.Emit(_scope);
        _il.Emit(kind switch
        {
            ValueKind.I32 => OpCodes.Stind_I4,
            ValueKind.I64 => OpCodes.Stind_I8,
            ValueKind.F32 => OpCodes.Stind_R4,
            _ => OpCodes.Stind_R8,
        });
    }

    // Written so that the just-in-time compiler can turn it into a conditional move.
    private void EmitSelect()
    {
        Operand condition = _stack.Pop();
        Operand second = _stack.Pop();
        Operand first = _stack.Pop();
        Label end = _il.DefineLabel();
        LocalBuilder result = _scope.Temporaries.Rent(Signature.TypeOf(first.Kind));
        first.Emit(_scope);
        _il.StoreLocal(result);
        Condition.EmitBranchIfTrue(_scope, condition, end);
        second.Emit(_scope);
        _il.StoreLocal(result);
        _il.Mark(end);
        _stack.PushTemporary(first.Kind, result);
    }

    private void EmitFunctionReference(int index)
    {
        _il.LoadArgument(0);
        _il.LoadConstant(index);
        _il.Emit(OpCodes.Call, RuntimeMembers.InstanceFunctionAt);
        PushStored(ValueKind.FuncRef);
    }

    /// <summary>
    /// An instruction that the runtime carries out: a static method that takes the instance, the immediates and the
    /// operands.
    /// </summary>
    private void EmitRuntimeCall(in Instruction instruction)
    {
        RuntimeCall call = RuntimeCall.Of(instruction, _binary);
        Operand[] operands = _stack.Pop(call.Operands);
        _stack.SpillReadersOf(Reads.All);
        EmitFuelOut();
        _il.LoadArgument(0);
        foreach (int immediate in call.Immediates)
        {
            _il.LoadConstant(immediate);
        }

        foreach (Operand operand in operands)
        {
            operand.Emit(_scope);
        }

        _il.Emit(OpCodes.Call, call.Method);
        if (call.Result is ValueKind result)
        {
            PushStored(result);
        }

        EmitFuelIn();
        if (instruction.Opcode == Opcode.MemoryGrow)
        {
            EmitMemoryReload();
        }
    }
}

using System.Reflection.Emit;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Emit.Operands;
using Plugins.Wasm.IL;
using Plugins.Wasm.Runtime;
using Plugins.Wasm.Runtime.Code;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Emit.Functions;

/// <summary>Emits variables, references, tables and bulk operations.</summary>
/// <remarks>WebAssembly 2.0, sections 4.4.2 and 4.4.4 to 4.4.7.</remarks>
internal sealed class VariableEmitter
{
    private readonly FunctionScope _scope;
    private readonly FrameEmitter _frame;
    private readonly BinaryModule _binary;
    private readonly ILEmitter _il;
    private readonly OperandStack _stack;
    private readonly BoundsFacts _facts;

    public VariableEmitter(FunctionScope scope, FrameEmitter frame)
    {
        _scope = scope;
        _frame = frame;
        _binary = scope.Module.Binary;
        _il = scope.IL;
        _stack = scope.Stack;
        _facts = scope.Facts;
    }

    public void EmitLocalSet(int index)
    {
        Operand value = _stack.Pop();
        _stack.SpillReadersOfLocal(index);
        value.Emit(_scope);
        _scope.StoreLocal(index);
        _facts.Set(index);
    }

    public void EmitGlobalGet(int index)
    {
        GlobalPlace place = _scope.Module.Globals[index];
        GlobalType type = _binary.Globals[index];
        if (place.Constant is ConstantExpression constant)
        {
            _stack.PushConstant(type.Value, constant.Bits);
        }
        else
        {
            _stack.Push(new GlobalOperand(type, place, index));
        }
    }

    public void EmitGlobalSet(int index)
    {
        Operand value = _stack.Pop();
        _stack.SpillReadersOf(Reads.Globals);
        ValueKind kind = _binary.Globals[index].Value;
        if (kind.IsReference)
        {
            GlobalOperand.EmitCell(_il, index);
            value.Emit(_scope);
            _il.Emit(OpCodes.Stfld, RuntimeMembers.GlobalReference);
            return;
        }

        GlobalOperand.EmitAddress(_il, _scope.Module.Globals[index], index, kind);
        value.Emit(_scope);
        if (kind == ValueKind.V128)
        {
            _il.Emit(OpCodes.Stobj, Signature.TypeOf(kind));
            return;
        }

        _il.Emit(kind switch
        {
            ValueKind.I32 => OpCodes.Stind_I4,
            ValueKind.I64 => OpCodes.Stind_I8,
            ValueKind.F32 => OpCodes.Stind_R4,
            _ => OpCodes.Stind_R8,
        });
    }

    // Written so that the just-in-time compiler can turn it into a conditional move.
    public void EmitSelect()
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

    public void EmitFunctionReference(int index)
    {
        _il.LoadArgument(0);
        _il.LoadConstant(index);
        _il.Emit(OpCodes.Call, RuntimeMembers.InstanceFunctionAt);
        _stack.PushStored(ValueKind.FuncRef);
    }

    /// <summary>Makes a size what a memory or table of its addresses has.</summary>
    private void EmitSized(Type returned, ValueKind result)
    {
        if (returned == typeof(long) && result == ValueKind.I32)
        {
            _il.Emit(OpCodes.Conv_I4);
        }
        else if (returned == typeof(int) && result == ValueKind.I64)
        {
            _il.Emit(OpCodes.Conv_I8);
        }
    }

    /// <summary>
    /// An instruction that the runtime carries out: a static method that takes the instance, the immediates and the
    /// operands.
    /// </summary>
    public void EmitRuntimeCall(in Instruction instruction)
    {
        EmitRuntimeCall(RuntimeCall.Of(instruction, _binary));
        if (instruction.Opcode == Opcode.MemoryGrow)
        {
            _frame.EmitMemoryReload();
        }
    }

    /// <inheritdoc cref="EmitRuntimeCall(in Instruction)"/>
    public void EmitRuntimeCall(RuntimeCall call)
    {
        Operand[] operands = _stack.Pop(call.Operands);
        _stack.SpillReadersOf(Reads.All);
        _scope.Fuel.EmitOut();
        _il.LoadArgument(0);
        foreach (int immediate in call.Immediates)
        {
            _il.LoadConstant(immediate);
        }

        for (int i = 0; i < operands.Length; i++)
        {
            operands[i].Emit(_scope);
            if (call.TakesBits(i))
            {
                ObjectMembers.EmitAsInteger(_il, (ValueCode)operands[i].Kind);
            }

            if (call.Extends(i, operands[i].Kind))
            {
                _il.Emit(OpCodes.Conv_U8);
            }
        }

        _il.Emit(OpCodes.Call, call.Method);
        if (call.Result is ValueKind result)
        {
            EmitSized(call.Method.ReturnType, result);
            _stack.PushStored(result);
        }

        _scope.Fuel.EmitIn();
    }
}

using System.Reflection.Emit;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Emit.Operands;
using Plugins.Wasm.IL;
using Plugins.Wasm.Runtime.Objects;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Emit.Functions;

/// <summary>Emits accesses to arrays; what takes time in proportion to their length, the runtime carries out.</summary>
/// <remarks>WebAssembly 3.0, section 4.6.8.</remarks>
internal sealed class ArrayEmitter
{
    private readonly FunctionScope _scope;
    private readonly VariableEmitter _variables;
    private readonly BinaryModule _binary;
    private readonly ILEmitter _il;
    private readonly OperandStack _stack;

    public ArrayEmitter(FunctionScope scope, VariableEmitter variables)
    {
        _scope = scope;
        _variables = variables;
        _binary = scope.Module.Binary;
        _il = scope.IL;
        _stack = scope.Stack;
    }

    public void Emit(in Instruction instruction)
    {
        switch (instruction.Opcode)
        {
            case Opcode.ArrayGet or Opcode.ArrayGetS or Opcode.ArrayGetU:
                EmitGet(ElementOf(instruction), instruction.Opcode == Opcode.ArrayGetS);
                break;
            case Opcode.ArraySet:
                EmitSet(ElementOf(instruction));
                break;
            case Opcode.ArrayLen:
                EmitLength();
                break;
            case Opcode.ArrayNewFixed:
                EmitFixed(instruction);
                break;
            default:
                _variables.EmitRuntimeCall(RuntimeCall.OfArray(instruction, _binary));
                break;
        }
    }

    private ValueCode ElementOf(in Instruction instruction) =>
        _binary.Definitions[(int)instruction.Index].Fields[0].Code;

    private void EmitGet(ValueCode code, bool isSigned)
    {
        LocalBuilder index = EmitElement(code, out LocalBuilder elements);
        _il.LoadLocal(elements);
        _il.LoadLocal(index);
        EmitLoad(code, isSigned);
        _scope.Temporaries.Return(elements);
        _scope.Temporaries.Return(index);
        _stack.PushStored(code.Unpacked.Kind);
    }

    private void EmitSet(ValueCode code)
    {
        Operand value = _stack.Pop();
        LocalBuilder index = EmitElement(code, out LocalBuilder elements);
        _il.LoadLocal(elements);
        _il.LoadLocal(index);
        value.Emit(_scope);
        EmitStore(code);
        _scope.Temporaries.Return(elements);
        _scope.Temporaries.Return(index);
    }

    private void EmitLength()
    {
        LocalBuilder elements = EmitElements(_stack.Pop(), typeof(byte[]));
        _il.LoadLocal(elements);
        _il.Emit(OpCodes.Ldlen);
        _il.Emit(OpCodes.Conv_I4);
        _scope.Temporaries.Return(elements);
        _stack.PushStored(ValueKind.I32);
    }

    private void EmitFixed(in Instruction instruction)
    {
        int type = (int)instruction.Index;
        int count = (int)instruction.SecondIndex;
        ValueCode code = ElementOf(instruction);
        Operand[] values = _stack.Pop(count);
        _scope.Fuel.EmitOut();
        LocalBuilder made = _scope.Temporaries.Rent(typeof(object));
        LocalBuilder elements = _scope.Temporaries.Rent(ObjectMembers.ArrayOf(code));
        _il.LoadArgument(0);
        _il.LoadConstant(type);
        _il.LoadConstant(count);
        _il.Emit(OpCodes.Call, ObjectMembers.MakeFixed);
        _il.StoreLocal(made);
        _il.LoadLocal(made);
        _il.Emit(OpCodes.Ldfld, ObjectMembers.Elements);
        _il.StoreLocal(elements);
        for (int i = 0; i < count; i++)
        {
            _il.LoadLocal(elements);
            _il.LoadConstant(i);
            values[i].Emit(_scope);
            EmitStore(code);
        }

        _scope.Temporaries.Return(elements);
        _stack.PushTemporary(ValueKind.AnyRef, made);
    }

    /// <summary>Takes an index and an array, and leaves both in locals once the element is known to be there.</summary>
    private LocalBuilder EmitElement(ValueCode code, out LocalBuilder elements)
    {
        Operand position = _stack.Pop();
        elements = EmitElements(_stack.Pop(), ObjectMembers.ArrayOf(code));
        LocalBuilder index = _scope.Temporaries.Rent(typeof(int));
        position.Emit(_scope);
        _il.StoreLocal(index);
        _il.LoadLocal(index);
        _il.LoadLocal(elements);
        _il.Emit(OpCodes.Ldlen);
        _il.Emit(OpCodes.Conv_I4);
        _il.Branch(OpCodes.Bge_Un, _scope.Traps[TrapKind.OutOfBoundsArrayAccess]);
        return index;
    }

    private LocalBuilder EmitElements(Operand operand, Type type)
    {
        TemporaryOperand array = _stack.ToTemporary(operand);
        _il.LoadLocal(array.Local);
        _il.Branch(OpCodes.Brfalse, _scope.Traps[TrapKind.NullReference]);
        LocalBuilder elements = _scope.Temporaries.Rent(type);
        _il.LoadLocal(array.Local);
        _il.Emit(OpCodes.Ldfld, ObjectMembers.Elements);
        _il.StoreLocal(elements);
        array.Discard(_scope);
        return elements;
    }

    private void EmitLoad(ValueCode code, bool isSigned)
    {
        if (code == ValueCode.V128)
        {
            _il.Emit(OpCodes.Ldelem, Runtime.Signature.TypeOf(code.Kind));
            return;
        }

        _il.Emit(code switch
        {
            ValueCode.I8 => isSigned ? OpCodes.Ldelem_I1 : OpCodes.Ldelem_U1,
            ValueCode.I16 => isSigned ? OpCodes.Ldelem_I2 : OpCodes.Ldelem_U2,
            ValueCode.I32 or ValueCode.F32 => OpCodes.Ldelem_I4,
            _ => code.IsReference ? OpCodes.Ldelem_Ref : OpCodes.Ldelem_I8,
        });
        ObjectMembers.EmitAsFloat(_il, code);
    }

    private void EmitStore(ValueCode code)
    {
        if (code == ValueCode.V128)
        {
            _il.Emit(OpCodes.Stelem, Runtime.Signature.TypeOf(code.Kind));
            return;
        }

        ObjectMembers.EmitAsInteger(_il, code);
        _il.Emit(code switch
        {
            ValueCode.I8 => OpCodes.Stelem_I1,
            ValueCode.I16 => OpCodes.Stelem_I2,
            ValueCode.I32 or ValueCode.F32 => OpCodes.Stelem_I4,
            _ => code.IsReference ? OpCodes.Stelem_Ref : OpCodes.Stelem_I8,
        });
    }
}

using System.Reflection.Emit;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Emit.Operands;
using Plugins.Wasm.IL;
using Plugins.Wasm.Runtime;
using Plugins.Wasm.Runtime.Objects;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Emit.Functions;

/// <summary>Emits structures, integers of 31 bits and casts.</summary>
/// <remarks>
/// Validation knows an object's shape, so that its fields are read without a check of its class. WebAssembly 3.0,
/// sections 4.6.6 and 4.6.7.
/// </remarks>
internal sealed class ObjectEmitter
{
    private readonly FunctionScope _scope;
    private readonly VariableEmitter _variables;
    private readonly BinaryModule _binary;
    private readonly ILEmitter _il;
    private readonly OperandStack _stack;
    private LocalBuilder? _allotment;
    private LocalBuilder? _remaining;

    public ObjectEmitter(FunctionScope scope, VariableEmitter variables)
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
            case Opcode.StructNew or Opcode.StructNewDefault:
                EmitMake(instruction);
                break;
            case Opcode.StructGet or Opcode.StructGetS or Opcode.StructGetU:
                EmitGet(instruction);
                break;
            case Opcode.StructSet:
                EmitSet(instruction);
                break;
            case Opcode.RefEq:
                EmitCall(RuntimeMembers.CastsAreSame, 2, ValueKind.I32);
                break;
            case Opcode.RefTest or Opcode.RefTestNull:
                TemporaryOperand tested = _stack.ToTemporary(_stack.Pop());
                EmitTest(tested.Local, instruction.Code);
                tested.Discard(_scope);
                _stack.PushStored(ValueKind.I32);
                break;
            case Opcode.RefCast or Opcode.RefCastNull:
                EmitCast(instruction.Code);
                break;
            case Opcode.ExternConvertAny:
                EmitCall(RuntimeMembers.CastsToExtern, 1, ValueKind.ExternRef);
                break;
            case Opcode.I31GetS or Opcode.I31GetU:
                EmitInteger(instruction.Opcode == Opcode.I31GetS);
                break;
            default:
                _variables.EmitRuntimeCall(RuntimeCall.OfObject(instruction));
                break;
        }
    }

    /// <summary>Pushes whether the topmost reference, which stays, can be cast, or whether it cannot.</summary>
    public void EmitTestOfTop(ValueCode target, bool isNegated)
    {
        EmitTest(_stack.SpillTop(1)[0], target);
        if (isNegated)
        {
            _il.LoadConstant(0);
            _il.Emit(OpCodes.Ceq);
        }

        _stack.PushStored(ValueKind.I32);
    }

    private void EmitMake(in Instruction instruction)
    {
        int type = (int)instruction.Index;
        ObjectLayout layout = ObjectLayout.Of(_binary.Definitions[type]);
        Operand[] values = instruction.Opcode == Opcode.StructNew ? _stack.Pop(layout.Fields.Length) : [];
        LocalBuilder made = _scope.Temporaries.Rent(typeof(object));
        if (layout.Slots <= GuestStruct.InlineSlots)
        {
            EmitAllotment(type, layout.Bytes);
            _il.Emit(OpCodes.Newobj, ObjectMembers.ConstructorOf(layout.Shape));
            _il.StoreLocal(made);
            _il.LoadLocal(made);
            _il.LoadLocal(_allotment!);
            _il.Emit(OpCodes.Stfld, ObjectMembers.Home);
        }
        else
        {
            _scope.Fuel.EmitOut();
            _il.LoadArgument(0);
            _il.LoadConstant(type);
            _il.Emit(OpCodes.Call, ObjectMembers.MakeStructure);
            _il.StoreLocal(made);
        }

        for (int i = 0; i < values.Length; i++)
        {
            // What is zero or null is so already.
            if (values[i] is not ConstantOperand { Bits: 0 })
            {
                EmitStore(layout, type, i, made, values[i]);
            }
        }

        _stack.PushTemporary(ValueKind.AnyRef, made);
    }

    /// <summary>Leaves the allotment of the next structure of a type in its local.</summary>
    private void EmitAllotment(int type, int bytes)
    {
        _allotment ??= _il.DeclareLocal(typeof(Allotment));
        _remaining ??= _il.DeclareLocal(typeof(int));
        Label hasRoom = _il.DefineLabel();
        _il.LoadArgument(0);
        _il.Emit(OpCodes.Ldfld, ObjectMembers.InstanceAllotments);
        _il.LoadConstant(type);
        _il.Emit(OpCodes.Ldelem_Ref);
        _il.StoreLocal(_allotment);
        EmitRest();
        _il.LoadLocal(_remaining);
        _il.LoadConstant(0);
        _il.Branch(OpCodes.Bge, hasRoom);
        _scope.Fuel.EmitOut();
        _il.LoadArgument(0);
        _il.LoadConstant(type);
        _il.Emit(OpCodes.Call, ObjectMembers.Refill);
        _il.StoreLocal(_allotment);
        EmitRest();
        _il.Mark(hasRoom);
        _il.LoadLocal(_allotment);
        _il.LoadLocal(_remaining);
        _il.Emit(OpCodes.Stfld, ObjectMembers.Remaining);

        void EmitRest()
        {
            _il.LoadLocal(_allotment);
            _il.Emit(OpCodes.Ldfld, ObjectMembers.Remaining);
            _il.LoadConstant(bytes);
            _il.Emit(OpCodes.Sub);
            _il.StoreLocal(_remaining);
        }
    }

    private void EmitGet(in Instruction instruction)
    {
        int type = (int)instruction.Index;
        int index = (int)instruction.SecondIndex;
        ObjectLayout layout = ObjectLayout.Of(_binary.Definitions[type]);
        FieldPlace place = layout.Fields[index];
        TemporaryOperand structure = EmitNonNull(_stack.Pop());
        if (place.Code == ValueCode.V128)
        {
            _il.LoadArgument(0);
            _il.LoadConstant(type);
            _il.LoadConstant(index);
            _il.LoadLocal(structure.Local);
            _il.Emit(OpCodes.Call, ObjectMembers.GetVector);
        }
        else
        {
            EmitPlace(layout, place, structure.Local);
            EmitRead(place);
            ObjectMembers.EmitFromBits(_il, place.Code, instruction.Opcode == Opcode.StructGetS);
        }

        structure.Discard(_scope);
        _stack.PushStored(place.Kind);

        void EmitRead(in FieldPlace field)
        {
            if (field.Slot.IsInline)
            {
                _il.Emit(OpCodes.Ldfld, ObjectMembers.SlotOf(layout, field.Slot.Index));
            }
            else
            {
                _il.Emit(field.Code.IsReference ? OpCodes.Ldelem_Ref : OpCodes.Ldelem_I8);
            }
        }
    }

    private void EmitSet(in Instruction instruction)
    {
        int type = (int)instruction.Index;
        Operand value = _stack.Pop();
        TemporaryOperand structure = EmitNonNull(_stack.Pop());
        EmitStore(
            ObjectLayout.Of(_binary.Definitions[type]), type, (int)instruction.SecondIndex, structure.Local, value);
        structure.Discard(_scope);
    }

    private void EmitStore(ObjectLayout layout, int type, int field, LocalBuilder structure, Operand value)
    {
        FieldPlace place = layout.Fields[field];
        if (place.Code == ValueCode.V128)
        {
            _il.LoadArgument(0);
            _il.LoadConstant(type);
            _il.LoadConstant(field);
            _il.LoadLocal(structure);
            value.Emit(_scope);
            _il.Emit(OpCodes.Call, ObjectMembers.SetVector);
            return;
        }

        EmitPlace(layout, place, structure);
        value.Emit(_scope);
        ObjectMembers.EmitToBits(_il, place.Code);
        if (place.Slot.IsInline)
        {
            _il.Emit(OpCodes.Stfld, ObjectMembers.SlotOf(layout, place.Slot.Index));
        }
        else
        {
            _il.Emit(place.Code.IsReference ? OpCodes.Stelem_Ref : OpCodes.Stelem_I8);
        }
    }

    /// <summary>Pushes what has a field: the structure, or an array and an index.</summary>
    private void EmitPlace(ObjectLayout layout, in FieldPlace place, LocalBuilder structure)
    {
        _il.LoadLocal(structure);
        if (!place.Slot.IsInline)
        {
            _il.Emit(OpCodes.Ldfld, ObjectMembers.RestOf(layout));
            _il.Emit(
                OpCodes.Ldfld, place.Code.IsReference ? ObjectMembers.RestReferences : ObjectMembers.RestNumbers);
            _il.LoadConstant(place.Slot.Index);
        }
    }

    private void EmitTest(LocalBuilder reference, ValueCode target)
    {
        int depth = Casts.DepthOf(target, _binary.Definitions);
        _il.LoadLocal(reference);
        if (target.HasDefinition && target.Form != TypeForm.Function)
        {
            _il.LoadConstant(target.Number);
            _il.LoadConstant(depth);
            _il.Emit(OpCodes.Call, target.HasDefault ? RuntimeMembers.CastsIsNullOr : RuntimeMembers.CastsIs);
        }
        else
        {
            _il.LoadConstant((int)target);
            _il.LoadConstant(depth);
            _il.Emit(OpCodes.Call, RuntimeMembers.CastsTest);
        }
    }

    private void EmitCast(ValueCode target)
    {
        TemporaryOperand reference = _stack.ToTemporary(_stack.Pop());
        EmitTest(reference.Local, target);
        _il.Branch(OpCodes.Brfalse, _scope.Traps[TrapKind.CastFailure]);
        _stack.Push(reference);
    }

    private void EmitInteger(bool isSigned)
    {
        TemporaryOperand reference = EmitNonNull(_stack.Pop());
        _il.LoadLocal(reference.Local);
        _il.Emit(OpCodes.Ldfld, ObjectMembers.IntegerValue);
        if (!isSigned)
        {
            _il.LoadConstant(int.MaxValue);
            _il.Emit(OpCodes.And);
        }

        reference.Discard(_scope);
        _stack.PushStored(ValueKind.I32);
    }

    /// <summary>Calls a method that neither traps nor changes anything.</summary>
    private void EmitCall(System.Reflection.MethodInfo method, int operands, ValueKind result)
    {
        foreach (Operand operand in _stack.Pop(operands))
        {
            operand.Emit(_scope);
        }

        _il.Emit(OpCodes.Call, method);
        _stack.PushStored(result);
    }

    private TemporaryOperand EmitNonNull(Operand operand)
    {
        TemporaryOperand reference = _stack.ToTemporary(operand);
        _il.LoadLocal(reference.Local);
        _il.Branch(OpCodes.Brfalse, _scope.Traps[TrapKind.NullReference]);
        return reference;
    }
}

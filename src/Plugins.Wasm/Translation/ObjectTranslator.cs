using Plugins.Wasm.Binary;
using Plugins.Wasm.Runtime.Interpretation;
using Plugins.Wasm.Runtime.Objects;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Translation;

/// <summary>Translates instructions on garbage-collected values.</summary>
/// <remarks>WebAssembly 3.0, sections 4.6.6 to 4.6.8.</remarks>
internal sealed class ObjectTranslator(
    BinaryModule module, CodeBuffer code, OperandPlaces operands, ValueEmitter values)
{
    public void Translate(in Instruction instruction)
    {
        int type = (int)instruction.Index;
        switch (instruction.Opcode)
        {
            case Opcode.StructNew:
                EmitOnStack(instruction, module.Definitions[type].Fields.Length, type);
                break;
            case Opcode.ArrayNewFixed:
                EmitOnStack(instruction, (int)instruction.SecondIndex, type);
                code.Append(0, (int)instruction.SecondIndex);
                break;
            case Opcode.ArrayFill:
                EmitOnStack(instruction, 4, type, hasResult: false);
                break;
            case Opcode.ArrayCopy:
                EmitOnStack(instruction, 5, type, hasResult: false);
                break;
            case Opcode.ArrayInitData or Opcode.ArrayInitElem:
                EmitOnStack(instruction, 4, type, hasResult: false);
                code.Append(0, (int)instruction.SecondIndex);
                break;
            case Opcode.StructGet or Opcode.StructGetS or Opcode.StructGetU:
                FieldType field = module.Definitions[type].Fields[instruction.SecondIndex];
                EmitResult(
                    instruction, type, field.Code.Unpacked.Kind, Pop(), (int)instruction.SecondIndex);
                break;
            case Opcode.StructSet:
                int value = Pop();
                code.Emit(Operation.Object, Pop(), value, (int)instruction.SecondIndex);
                code.Append((int)instruction.Opcode, type);
                break;
            case Opcode.ArraySet:
                int element = Pop();
                int index = Pop();
                code.Emit(Operation.Object, Pop(), index, element);
                code.Append((int)instruction.Opcode, type);
                break;
            default:
                TranslateOther(instruction, type);
                break;
        }
    }

    /// <summary>Pushes whether the topmost reference, which stays, can be cast.</summary>
    public void TranslateTest(ValueCode target)
    {
        values.SettleTop(1);
        EmitTest(target, operands.SlotOf(operands.Count - 1));
    }

    private void TranslateOther(in Instruction instruction, int type)
    {
        switch (instruction.Opcode)
        {
            case Opcode.StructNewDefault:
                EmitResult(instruction, type, ValueKind.AnyRef);
                break;
            case Opcode.ArrayNewDefault:
                EmitResult(instruction, type, ValueKind.AnyRef, Pop());
                break;
            case Opcode.ArrayNew:
                int length = Pop();
                EmitResult(instruction, type, ValueKind.AnyRef, Pop(), length);
                break;
            case Opcode.ArrayNewData or Opcode.ArrayNewElem:
                int count = Pop();
                EmitResult(instruction, type, ValueKind.AnyRef, Pop(), count);
                code.Append(0, (int)instruction.SecondIndex);
                break;
            case Opcode.ArrayGet or Opcode.ArrayGetS or Opcode.ArrayGetU:
                int index = Pop();
                ValueCode element = module.Definitions[type].Fields[0].Code;
                EmitResult(instruction, type, element.Unpacked.Kind, Pop(), index);
                break;
            case Opcode.RefEq:
                int second = Pop();
                EmitResult(instruction, 0, ValueKind.I32, Pop(), second);
                break;
            case Opcode.RefTest or Opcode.RefTestNull:
                EmitTest(instruction.Code, Pop());
                break;
            case Opcode.RefCast or Opcode.RefCastNull:
                EmitCast(instruction.Code);
                break;
            case Opcode.ExternConvertAny:
                EmitResult(instruction, 0, ValueKind.ExternRef, Pop());
                break;
            case Opcode.AnyConvertExtern or Opcode.RefI31:
                EmitResult(instruction, 0, ValueKind.AnyRef, Pop());
                break;
            default:
                EmitResult(instruction, 0, ValueKind.I32, Pop());
                break;
        }
    }

    private void EmitTest(ValueCode target, int place)
    {
        int result = operands.Push(ValueKind.I32);
        int cell = code.Emit(Operation.Object, result, place);
        AppendTarget(Opcode.RefTest, target);
        code.Produced(cell);
    }

    private void EmitCast(ValueCode target)
    {
        Operand reference = operands.Pop();
        int place = values.PlaceOf(reference);
        code.Emit(Operation.Object, 0, place);
        AppendTarget(Opcode.RefCast, target);
        operands.PushAgain(target.Kind, reference with { Place = place });
    }

    private void AppendTarget(Opcode opcode, ValueCode target)
    {
        code.Append((int)opcode, (int)target);
        code.Append(0, Casts.DepthOf(target, module.Definitions));
    }

    private void EmitResult(in Instruction instruction, int type, ValueKind kind, int b = 0, int c = 0)
    {
        int cell = code.Emit(Operation.Object, operands.Push(kind), b, c);
        code.Append((int)instruction.Opcode, type);
        values.ProducedUnlessReference(cell, kind);
    }

    /// <summary>An instruction with more operands than a cell has places, each in the slot of its own.</summary>
    private void EmitOnStack(in Instruction instruction, int count, int type, bool hasResult = true)
    {
        values.SettleTop(count);
        operands.PopTo(operands.Count - count);
        int first = operands.SlotOf(operands.Count);
        if (hasResult)
        {
            operands.Push(ValueKind.AnyRef);
        }

        code.Emit(Operation.Object, first);
        code.Append((int)instruction.Opcode, type);
    }

    private int Pop() => values.PlaceOf(operands.Pop());
}

using Plugins.Wasm.Binary;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Validation;

/// <summary>Validates structures, arrays, integers of 31 bits and casts.</summary>
/// <remarks>WebAssembly 3.0, sections 3.4.5 to 3.4.8.</remarks>
internal sealed class ObjectValidator(
    BinaryModule module, OperandStack operands, StorageValidator storage, ModuleLimits limits)
{
    /// <returns>Whether it is one of these instructions.</returns>
    public bool Validate(in Instruction instruction)
    {
        switch (instruction.Opcode)
        {
            case Opcode.RefEq: CompareReferences(); break;
            case Opcode.StructNew or Opcode.StructNewDefault: MakeStructure(instruction); break;
            case >= Opcode.StructGet and <= Opcode.StructGetU: GetField(instruction); break;
            case Opcode.StructSet: SetField(instruction); break;
            case >= Opcode.ArrayNew and <= Opcode.ArrayNewElem: MakeArray(instruction); break;
            case >= Opcode.ArrayGet and <= Opcode.ArrayGetU: GetElement(instruction); break;
            case Opcode.ArraySet: SetElement(instruction); break;
            case Opcode.ArrayLen: Convert(ValueCode.ArrayRef, ValueCode.I32); break;
            case >= Opcode.ArrayFill and <= Opcode.ArrayInitElem: ChangeArray(instruction); break;
            case >= Opcode.RefTest and <= Opcode.RefCastNull: Cast(instruction); break;
            case Opcode.AnyConvertExtern: ConvertReference(ValueCode.ExternRef, ValueCode.AnyRef); break;
            case Opcode.ExternConvertAny: ConvertReference(ValueCode.AnyRef, ValueCode.ExternRef); break;
            case Opcode.RefI31: Convert(ValueCode.I32, ValueCode.I31Ref.WithoutNull); break;
            case Opcode.I31GetS or Opcode.I31GetU: Convert(ValueCode.I31Ref, ValueCode.I32); break;
            default: return false;
        }

        return true;
    }

    private void CompareReferences()
    {
        operands.Pop(ValueCode.EqRef);
        operands.Pop(ValueCode.EqRef);
        operands.Push(ValueKind.I32);
    }

    private void Convert(ValueCode from, ValueCode to)
    {
        operands.Pop(from);
        operands.Push(to);
    }

    private void ConvertReference(ValueCode from, ValueCode to)
    {
        ValueCode given = operands.PopReference();
        operands.Push(given);
        Convert(from, given.HasDefault ? to : to.WithoutNull);
    }

    private void MakeStructure(in Instruction instruction)
    {
        DefinedType type = DefinitionAt(instruction.Index, TypeForm.Structure);
        for (int i = type.Fields.Length - 1; i >= 0; i--)
        {
            if (instruction.Opcode == Opcode.StructNew)
            {
                operands.Pop(type.Fields[i].Code.Unpacked);
            }
            else
            {
                RequireDefault(type.Fields[i]);
            }
        }

        operands.Push(type.Code(isNullable: false));
    }

    private void GetField(in Instruction instruction)
    {
        DefinedType type = DefinitionAt(instruction.Index, TypeForm.Structure);
        FieldType field = FieldOf(type, instruction.SecondIndex);
        RequirePacked(field, instruction.Opcode != Opcode.StructGet);
        Convert(type.Code(isNullable: true), field.Code.Unpacked);
    }

    private void SetField(in Instruction instruction)
    {
        DefinedType type = DefinitionAt(instruction.Index, TypeForm.Structure);
        FieldType field = FieldOf(type, instruction.SecondIndex);
        RequireMutable(field, "field");
        operands.Pop(field.Code.Unpacked);
        operands.Pop(type.Code(isNullable: true));
    }

    private void MakeArray(in Instruction instruction)
    {
        DefinedType type = DefinitionAt(instruction.Index, TypeForm.Array);
        FieldType element = type.Fields[0];
        switch (instruction.Opcode)
        {
            case Opcode.ArrayNewFixed:
                for (uint i = 0; i < instruction.SecondIndex; i++)
                {
                    // On a polymorphic stack any number of values is there: no loop over four billion.
                    if (i > (uint)limits.Operands)
                    {
                        throw new ModuleLimitException(
                            nameof(ModuleLimits.Operands),
                            limits.Operands,
                            instruction.SecondIndex,
                            instruction.Offset);
                    }

                    operands.Pop(element.Code.Unpacked);
                }

                break;
            case Opcode.ArrayNew:
                operands.Pop(ValueKind.I32);
                operands.Pop(element.Code.Unpacked);
                break;
            case Opcode.ArrayNewDefault:
                operands.Pop(ValueKind.I32);
                RequireDefault(element);
                break;
            default:
                CheckSegment(instruction.Opcode == Opcode.ArrayNewData, instruction, element);
                operands.Pop(ValueKind.I32);
                operands.Pop(ValueKind.I32);
                break;
        }

        operands.Push(type.Code(isNullable: false));
    }

    private void GetElement(in Instruction instruction)
    {
        DefinedType type = DefinitionAt(instruction.Index, TypeForm.Array);
        RequirePacked(type.Fields[0], instruction.Opcode != Opcode.ArrayGet);
        operands.Pop(ValueKind.I32);
        Convert(type.Code(isNullable: true), type.Fields[0].Code.Unpacked);
    }

    private void SetElement(in Instruction instruction)
    {
        DefinedType type = DefinitionAt(instruction.Index, TypeForm.Array);
        RequireMutable(type.Fields[0], "array");
        operands.Pop(type.Fields[0].Code.Unpacked);
        operands.Pop(ValueKind.I32);
        operands.Pop(type.Code(isNullable: true));
    }

    private void ChangeArray(in Instruction instruction)
    {
        DefinedType type = DefinitionAt(instruction.Index, TypeForm.Array);
        FieldType element = type.Fields[0];
        RequireMutable(element, "array");
        operands.Pop(ValueKind.I32);
        switch (instruction.Opcode)
        {
            case Opcode.ArrayFill:
                operands.Pop(element.Code.Unpacked);
                break;
            case Opcode.ArrayCopy:
                DefinedType source = DefinitionAt(instruction.SecondIndex, TypeForm.Array);
                if (!module.Definitions.Matches(source.Fields[0].Code, element.Code))
                {
                    throw operands.TypeMismatch("the array types do not match");
                }

                operands.Pop(ValueKind.I32);
                operands.Pop(source.Code(isNullable: true));
                break;
            default:
                CheckSegment(instruction.Opcode == Opcode.ArrayInitData, instruction, element);
                operands.Pop(ValueKind.I32);
                break;
        }

        operands.Pop(ValueKind.I32);
        operands.Pop(type.Code(isNullable: true));
    }

    private void CheckSegment(bool isData, in Instruction instruction, FieldType element)
    {
        uint segment = instruction.SecondIndex;
        if (isData)
        {
            if (element.Code.IsReference)
            {
                throw operands.TypeMismatch("array type is not numeric or vector");
            }

            storage.CheckData(segment, instruction.Offset);
        }
        else if (!module.Definitions.Matches(storage.CodeOfElements(segment), element.Code))
        {
            throw operands.Mismatch(element.Code, storage.CodeOfElements(segment));
        }
    }

    private void Cast(in Instruction instruction)
    {
        CheckHierarchy(operands.PopReference(), instruction.Code);
        operands.Push(
            instruction.Opcode is Opcode.RefTest or Opcode.RefTestNull ? ValueCode.I32 : instruction.Code);
    }

    private void CheckHierarchy(ValueCode given, ValueCode target)
    {
        if (given != ValueCode.BottomRef && given.Kind != target.Kind)
        {
            throw operands.Mismatch(target, given);
        }
    }

    private DefinedType DefinitionAt(uint index, TypeForm form) =>
        index >= (uint)module.Definitions.Count ? throw Invalid($"unknown type {index}")
            : module.Definitions[(int)index] is { } type && type.Form == form ? type
            : throw operands.TypeMismatch($"type {index} is of another form");

    private FieldType FieldOf(DefinedType type, uint field) => field < (uint)type.Fields.Length
        ? type.Fields[field]
        : throw Invalid($"unknown field {field}");

    private void RequirePacked(FieldType field, bool isPacked)
    {
        if ((field.Code is ValueCode.I8 or ValueCode.I16) != isPacked)
        {
            throw operands.TypeMismatch(isPacked ? "the field is unpacked" : "the field is packed");
        }
    }

    private void RequireMutable(FieldType field, string what)
    {
        if (!field.IsMutable)
        {
            throw Invalid($"immutable {what}");
        }
    }

    private void RequireDefault(FieldType field)
    {
        if (!field.Code.HasDefault)
        {
            throw operands.TypeMismatch("a value has no default");
        }
    }

    private InvalidModuleException Invalid(string reason) => new(reason, operands.Offset);
}

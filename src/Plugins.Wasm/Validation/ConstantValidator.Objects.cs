using Plugins.Wasm.Binary;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Validation;

/// <content>Constants that make objects. WebAssembly 3.0, section 3.4.13.</content>
internal sealed partial class ConstantValidator
{
    private ValueCode CodeOfObject(List<ValueCode> operands, in Instruction instruction)
    {
        switch (instruction.Opcode)
        {
            case Opcode.StructNew or Opcode.StructNewDefault:
                return CodeOfStructure(operands, instruction);
            case Opcode.ArrayNew or Opcode.ArrayNewDefault or Opcode.ArrayNewFixed:
                return CodeOfArray(operands, instruction);
            case Opcode.RefI31:
                Take(operands, ValueCode.I32, instruction.Offset);
                return ValueCode.I31Ref.WithoutNull;
            case Opcode.AnyConvertExtern or Opcode.ExternConvertAny:
                bool isToAny = instruction.Opcode == Opcode.AnyConvertExtern;
                ValueCode given = Take(
                    operands, isToAny ? ValueCode.ExternRef : ValueCode.AnyRef, instruction.Offset);
                ValueCode converted = isToAny ? ValueCode.AnyRef : ValueCode.ExternRef;
                return given.HasDefault ? converted : converted.WithoutNull;
            default:
                throw Invalid("constant expression required", instruction.Offset);
        }
    }

    private ValueCode CodeOfStructure(List<ValueCode> operands, in Instruction instruction)
    {
        DefinedType type = TypeAt(instruction, TypeForm.Structure);
        for (int i = type.Fields.Length - 1; i >= 0; i--)
        {
            ValueCode code = type.Fields[i].Code;
            if (instruction.Opcode == Opcode.StructNew)
            {
                Take(operands, code.Unpacked, instruction.Offset);
            }
            else if (!code.HasDefault)
            {
                throw Invalid("type mismatch: a field has no default", instruction.Offset);
            }
        }

        return type.Code(isNullable: false);
    }

    private ValueCode CodeOfArray(List<ValueCode> operands, in Instruction instruction)
    {
        DefinedType type = TypeAt(instruction, TypeForm.Array);
        ValueCode code = type.Fields[0].Code;
        if (instruction.Opcode == Opcode.ArrayNewFixed)
        {
            for (uint i = 0; i < instruction.SecondIndex; i++)
            {
                Take(operands, code.Unpacked, instruction.Offset);
            }

            return type.Code(isNullable: false);
        }

        Take(operands, ValueCode.I32, instruction.Offset);
        if (instruction.Opcode == Opcode.ArrayNew)
        {
            Take(operands, code.Unpacked, instruction.Offset);
        }
        else if (!code.HasDefault)
        {
            throw Invalid("type mismatch: the elements have no default", instruction.Offset);
        }

        return type.Code(isNullable: false);
    }

    private DefinedType TypeAt(in Instruction instruction, TypeForm form) =>
        instruction.Index >= (uint)module.Definitions.Count
            ? throw Invalid($"unknown type {instruction.Index}", instruction.Offset)
            : module.Definitions[(int)instruction.Index] is { } type && type.Form == form
                ? type
                : throw Invalid($"type mismatch: type {instruction.Index} is of another form", instruction.Offset);

    private ValueCode Take(List<ValueCode> operands, ValueCode expected, int offset)
    {
        if (operands is not [.., ValueCode last])
        {
            throw Invalid("type mismatch: a value is missing", offset);
        }

        if (!module.Definitions.Matches(last, expected))
        {
            throw Mismatch(expected, last, offset);
        }

        operands.RemoveAt(operands.Count - 1);
        return last;
    }
}

using Plugins.Wasm.Binary;
using Plugins.Wasm.Runtime.Interpretation;

namespace Plugins.Wasm.Translation;

/// <summary>Translates vector instructions.</summary>
/// <remarks>WebAssembly 2.0, sections 4.4.3 and 4.4.7.</remarks>
internal sealed class VectorTranslator(
    CodeBuffer code, OperandPlaces operands, ValueEmitter values, bool canonicalizesNaNs)
{
    public void Translate(in Instruction instruction, in OpcodeInfo info)
    {
        if (instruction.Opcode == Opcode.V128Const)
        {
            operands.PushConstant(info.Result, instruction.Immediate);
            return;
        }

        int third = info.OperandCount > 2 ? values.PlaceOf(operands.Pop()) : instruction.Lane;
        int second = info.OperandCount > 1 ? values.PlaceOf(operands.Pop()) : 0;
        int first = values.PlaceOf(operands.Pop());
        int result = info.HasResult ? operands.Push(info.Result) : 0;
        int vector = code.Emit(Operation.Vector, result, first, second);
        int memory = info.AccessBytes > 0 ? (int)instruction.Index << 8 : 0;
        code.Append((int)instruction.Opcode, third | memory);
        if (info.AccessBytes > 0)
        {
            code.Append(instruction.Immediate);
        }
        else if (info.Immediate == ImmediateKind.Vector)
        {
            values.AppendVector(instruction.Immediate);
        }

        if (canonicalizesNaNs && OpcodeTable.MakesNaNs(instruction.Opcode))
        {
            Operation canonical = OpcodeTable.MakesSingleNaNs(instruction.Opcode)
                ? Operation.CanonicalSingles
                : Operation.CanonicalDoubles;
            vector = code.Emit(canonical, result, result);
        }

        if (info.HasResult)
        {
            code.Produced(vector);
        }
    }
}

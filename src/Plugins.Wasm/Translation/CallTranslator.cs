using Plugins.Wasm.Binary;
using Plugins.Wasm.Runtime;
using Plugins.Wasm.Runtime.Interpretation;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Translation;

/// <summary>Translates calls and returns, but for what comes after them.</summary>
/// <remarks>WebAssembly 2.0, sections 4.4.8.9 to 4.4.8.11; 3.0, section 4.4.10.</remarks>
internal sealed class CallTranslator(Module module, CodeBuffer code, OperandPlaces operands, ValueEmitter values)
{
    private readonly BinaryModule _binary = module.Binary;

    /// <returns>The type of what is called, as of the other calls.</returns>
    public FunctionType TranslateCall(int index)
    {
        FunctionType type = _binary.TypeOfFunction(index);
        int arguments = TakeArguments(type);
        EmitDirect(Operation.Call, Operation.CallImport, arguments, index);
        return type;
    }

    public FunctionType TranslateCallIndirect(in Instruction instruction)
    {
        FunctionType type = _binary.Types[instruction.Index];
        int element = values.PlaceOf(operands.Pop());
        int arguments = TakeArguments(type);
        code.Emit(Operation.CallIndirect, arguments, element, (int)instruction.SecondIndex);
        AppendType(instruction.Index);
        return type;
    }

    public FunctionType TranslateCallReference(in Instruction instruction)
    {
        FunctionType type = _binary.Types[instruction.Index];
        int callee = values.PlaceOf(operands.Pop());
        code.Emit(Operation.CallReference, TakeArguments(type), callee);
        return type;
    }

    /// <summary>Translates any of the tail calls.</summary>
    public void TranslateReturnCall(in Instruction instruction)
    {
        if (instruction.Opcode == Opcode.ReturnCall)
        {
            MoveArguments(_binary.TypeOfFunction((int)instruction.Index));
            EmitDirect(Operation.ReturnCall, Operation.ReturnCallImport, 0, (int)instruction.Index);
            return;
        }

        // In its own slot, which is above the arguments', what says whom to call outlives their move.
        values.SettleTop(1);
        int callee = values.PlaceOf(operands.Pop());
        MoveArguments(_binary.Types[instruction.Index]);
        if (instruction.Opcode == Opcode.ReturnCallRef)
        {
            code.Emit(Operation.ReturnCallReference, 0, callee);
            return;
        }

        code.Emit(Operation.ReturnCallIndirect, 0, callee, (int)instruction.SecondIndex);
        AppendType(instruction.Index);
    }

    public void TranslateReturn(ValueKind[] results)
    {
        if (results is [ValueKind.I32 or ValueKind.I64 or ValueKind.F32 or ValueKind.F64])
        {
            bool isNarrow = results[0] is ValueKind.I32 or ValueKind.F32;
            int place = values.PlaceOf(operands.Pop());
            code.Emit(isNarrow ? Operation.ReturnValue32 : Operation.ReturnValue64, place);
            return;
        }

        values.SettleTop(results.Length);
        values.EmitMoves(results, operands.SlotOf(operands.Count - results.Length), 0);
        code.Emit(Operation.Return);
    }

    // The depth comes first, so that a function of a derived type is found to be one in constant time.
    private void AppendType(uint index)
    {
        TypeIdentity type = module.TypeIdentityAt((int)index);
        code.Append(type.Definition.Supertypes.Length, type.Number);
    }

    /// <summary>Puts a call's arguments where the callee finds its parameters.</summary>
    /// <returns>The slot of the first.</returns>
    public int TakeArguments(FunctionType type)
    {
        values.SettleTop(type.Parameters.Length);
        operands.PopTo(operands.Count - type.Parameters.Length);
        return operands.SlotOf(operands.Count);
    }

    private void EmitDirect(Operation own, Operation imported, int arguments, int index)
    {
        int imports = _binary.ImportedFunctionCount;
        if (index < imports)
        {
            code.EmitNumber(imported, arguments, index);
        }
        else
        {
            code.EmitNumber(own, arguments, index - imports);
        }
    }

    /// <summary>Puts a tail call's arguments in the frame's first slots: the frame becomes the callee's.</summary>
    private void MoveArguments(FunctionType type)
    {
        int arguments = TakeArguments(type);
        values.EmitMoves(type.ParameterKinds, arguments, 0);
    }
}

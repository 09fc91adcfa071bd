using Plugins.Wasm.Binary;
using Plugins.Wasm.Runtime.Interpretation;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Translation;

/// <content>Calls and returns. WebAssembly 2.0, sections 4.4.8.9 to 4.4.8.11.</content>
internal sealed partial class FunctionTranslator
{
    // As in compiled code.
    private const int CallsPerCheck = 1_024;

    private int _calls;

    private void TranslateCall(int index)
    {
        FunctionType type = _binary.TypeOfFunction(index);
        int arguments = TakeArguments(type);
        int imported = _binary.ImportedFunctionCount;
        if (index < imported)
        {
            _code.EmitNumber(Operation.CallImport, arguments, index);
        }
        else
        {
            _code.EmitNumber(Operation.Call, arguments, index - imported);
        }

        EndCall(type);
    }

    private void TranslateCallIndirect(in Instruction instruction)
    {
        FunctionType type = _binary.Types[instruction.Index];
        int element = _values.PlaceOf(_operands.Pop());
        int arguments = TakeArguments(type);
        _code.Emit(Operation.CallIndirect, arguments, element, (int)instruction.SecondIndex);
        _code.Append(0, _module.TypeIdentityAt((int)instruction.Index).Number);
        EndCall(type);
    }

    private void TranslateReturnCall(int index)
    {
        MoveArguments(_binary.TypeOfFunction(index));
        int imported = _binary.ImportedFunctionCount;
        if (index < imported)
        {
            _code.EmitNumber(Operation.ReturnCallImport, 0, index);
        }
        else
        {
            _code.EmitNumber(Operation.ReturnCall, 0, index - imported);
        }

        EndReachable();
    }

    private void TranslateReturnCallIndirect(in Instruction instruction)
    {
        // In its own slot, which is above the arguments', it outlives their move.
        _values.SettleTop(1);
        int element = _values.PlaceOf(_operands.Pop());
        MoveArguments(_binary.Types[instruction.Index]);
        _code.Emit(Operation.ReturnCallIndirect, 0, element, (int)instruction.SecondIndex);
        _code.Append(0, _module.TypeIdentityAt((int)instruction.Index).Number);
        EndReachable();
    }

    /// <summary>Puts a tail call's arguments in the frame's first slots: the frame becomes the callee's.</summary>
    private void MoveArguments(FunctionType type)
    {
        int arguments = TakeArguments(type);
        _values.EmitMoves(type.ParameterKinds, arguments, 0);
    }

    /// <summary>Puts a call's arguments where the callee finds its parameters.</summary>
    /// <returns>The slot of the first.</returns>
    private int TakeArguments(FunctionType type)
    {
        _values.SettleTop(type.Parameters.Length);
        _operands.PopTo(_operands.Count - type.Parameters.Length);
        return _operands.SlotOf(_operands.Count);
    }

    private void EndCall(FunctionType type)
    {
        Push(type.ResultKinds);
        OpenBlock block = _blocks[^1];
        _calls++;
        if (_calls - block.CheckedCalls >= CallsPerCheck)
        {
            EmitCheck();
            block.CheckedCalls = _calls;
        }
    }

    private void TranslateReturn()
    {
        ValueKind[] results = _type.ResultKinds;
        if (results is [ValueKind.I32 or ValueKind.I64 or ValueKind.F32 or ValueKind.F64])
        {
            bool isNarrow = results[0] is ValueKind.I32 or ValueKind.F32;
            int place = _values.PlaceOf(_operands.Pop());
            _code.Emit(isNarrow ? Operation.ReturnValue32 : Operation.ReturnValue64, place);
        }
        else
        {
            _values.SettleTop(results.Length);
            _values.EmitMoves(results, _operands.SlotOf(_operands.Count - results.Length), 0);
            _code.Emit(Operation.Return);
        }

        EndReachable();
    }

    private void Push(ValueKind[] kinds)
    {
        foreach (ValueKind kind in kinds)
        {
            _operands.Push(kind);
        }
    }
}

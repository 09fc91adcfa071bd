using Plugins.Wasm.Binary;
using Plugins.Wasm.Runtime.Interpretation;
using Plugins.Wasm.Scanning;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Translation;

/// <summary>Turns one validated function into instructions of the interpreter, in one pass.</summary>
/// <remarks>
/// Each local and each position of the operand stack has a slot in the frame. What the stack holds is copied to its
/// slot only where it must be: before the local it came from changes, where ways meet, and as the argument of a call.
/// Charges and checks stand where compiled code has them, so that both count the same.
/// </remarks>
internal sealed partial class FunctionTranslator
{
    // A function of seven megabytes without a loop or a call takes some 50 ms, and translating it longer.
    private const int InstructionsPerLook = 2_048;

    private readonly Module _module;
    private readonly BinaryModule _binary;
    private readonly FunctionType _type;
    private readonly FunctionBody _body;
    private readonly FunctionScan _scan;
    private readonly Action _throwIfInterrupted;
    private readonly CodeBuffer _code = new();
    private readonly LocalSlots _locals;
    private readonly OperandPlaces _operands;
    private readonly ValueEmitter _values;
    private readonly VariableTranslator _variables;
    private readonly CallTranslator _calls;
    private readonly VectorTranslator _vectors;
    private readonly StorageTranslator _storage;
    private readonly ObjectTranslator _objects;
    private readonly List<OpenBlock> _blocks = [];
    private readonly NoteEmitter? _notes;
    private readonly CellOrigins? _origins;
    private int _entry;
    private bool _isReachable = true;

    /// <summary>Blocks that were opened in code that cannot be reached.</summary>
    private int _skippedBlocks;

    /// <summary>Where the region begins that was charged last.</summary>
    private int _charged;

    /// <param name="module">Its module.</param>
    /// <param name="function">Its index among the module's own.</param>
    /// <param name="throwIfInterrupted">Stops it.</param>
    /// <param name="origins">Takes where each instruction comes from; null where nobody asks.</param>
    internal FunctionTranslator(Module module, int function, Action throwIfInterrupted, CellOrigins? origins)
    {
        _module = module;
        _throwIfInterrupted = throwIfInterrupted;
        _origins = origins;
        _binary = module.Binary;
        _type = _binary.TypeOfFunction(_binary.ImportedFunctionCount + function);
        _body = _binary.Bodies[function];
        _scan = FunctionScan.ForInterpreter(_binary, function, throwIfInterrupted);
        _locals = new LocalSlots(_type, _body, _scan.UsedLocals);
        _operands = new OperandPlaces(_locals.Count);
        _values = new ValueEmitter(_binary, _code, _operands, module.CanonicalizesNaNs);
        _variables = new VariableTranslator(module, _code, _operands, _values, _locals);
        _calls = new CallTranslator(module, _code, _operands, _values);
        _vectors = new VectorTranslator(_code, _operands, _values, module.CanonicalizesNaNs);
        _storage = new StorageTranslator(_binary, _code, _operands, _values);
        _objects = new ObjectTranslator(_binary, _code, _operands, _values);
        _notes = NoteEmitter.For(module, _scan, _code);
    }

    private bool Meters => _module.MetersFuel;

    /// <summary>Translates the function, once.</summary>
    internal (CodeBuffer Code, CodeNotes? Notes, ExceptionHandler[]? Handlers) Translate()
    {
        EmitEntry();
        _blocks.Add(new OpenBlock { Kind = Opcode.Block, Type = _type, Height = 0, CheckedCalls = 0 });
        var reader = new CodeReader(_binary, _body);
        int untilLook = InstructionsPerLook;
        while (reader.Read(out Instruction instruction))
        {
            if (--untilLook == 0)
            {
                _throwIfInterrupted();
                _code.Emit(Operation.CheckInterrupt);
                untilLook = InstructionsPerLook;
            }

            if (_isReachable)
            {
                _notes?.Emit(instruction.Offset);
                EmitCharge(instruction.Offset);
                _origins?.Add(_code.Count, instruction.Offset);
                Translate(ref reader, instruction);
            }
            else
            {
                Skip(ref reader, instruction);
            }
        }

        _code[_entry].C = SlotCount();
        return (_code, _notes?.ToNotes(), _handlers.Count == 0 ? null : _handlers.ToArray());
    }

    private void EmitEntry()
    {
        Operation entry = !_scan.HasCalls ? Operation.EnterLeaf : Meters ? Operation.EnterMetered : Operation.Enter;
        _entry = _code.Emit(entry, _type.Parameters.Length, _locals.Count - _type.Parameters.Length);
        bool asks = _scan.IsLong && !_scan.HasCalls;
        _code.Append(asks ? 0 : TakeCharge(_body.Start), Math.Max(1, _module.Tiers.Options.Calls));
        if (asks)
        {
            _code.Emit(Operation.CheckInterrupt);
            EmitCharge(_body.Start);
        }

        _values.EmitNothingIn(_locals);
    }

    // ModuleLimits.Locals and Operands together have no more at the most.
    private ushort SlotCount() => checked((ushort)Math.Max(_operands.Slots, _type.Results.Length));

    /// <summary>Charges the region that begins at an instruction, unless the one before did.</summary>
    private void EmitCharge(int offset)
    {
        if (TakeCharge(offset) is > 0 and int cost)
        {
            _code.EmitNumber(Operation.Charge, 0, cost);
        }
    }

    private int TakeCharge(int offset)
    {
        if (!Meters || offset == _charged)
        {
            return 0;
        }

        int cost = _scan.CostAt(offset);
        _charged = offset;
        return cost;
    }

    private void Translate(ref CodeReader reader, in Instruction instruction)
    {
        ref readonly OpcodeInfo info = ref OpcodeTable.Get(instruction.Opcode);
        if (!info.IsPlain)
        {
            TranslateSpecial(ref reader, instruction);
        }
        else if (OpcodeTable.IsVector(instruction.Opcode))
        {
            _vectors.Translate(instruction, info);
        }
        else if (info.AccessBytes == 0)
        {
            _variables.TranslateNumeric(instruction, info);
        }
        else if (info.HasResult)
        {
            _storage.TranslateLoad(instruction, info);
        }
        else
        {
            _storage.TranslateStore(instruction);
        }
    }

    private void TranslateSpecial(ref CodeReader reader, in Instruction instruction)
    {
        switch (instruction.Opcode)
        {
            case Opcode.Nop: break;
            case Opcode.Unreachable: TranslateUnreachable(instruction.Offset); break;
            case Opcode.Block: OpenBlock(instruction); break;
            case Opcode.Loop: OpenLoop(instruction, reader.Position); break;
            case Opcode.If: OpenIf(instruction); break;
            case Opcode.Else: TranslateElse(); break;
            case Opcode.End: TranslateEnd(); break;
            case Opcode.Br: TranslateBranch(instruction.Index); break;
            case Opcode.BrIf: TranslateBranchIf(instruction.Index); break;
            case Opcode.BrTable: TranslateBranchTable(ref reader, instruction.Index); break;
            case Opcode.Return: Return(); break;
            case Opcode.Call: EndCall(_calls.TranslateCall((int)instruction.Index)); break;
            case Opcode.CallIndirect: EndCall(_calls.TranslateCallIndirect(instruction)); break;
            case Opcode.CallRef: EndCall(_calls.TranslateCallReference(instruction)); break;
            case Opcode.ReturnCall or Opcode.ReturnCallIndirect or Opcode.ReturnCallRef: ReturnCall(instruction); break;
            case Opcode.TryTable: OpenTryTable(ref reader, instruction); break;
            case Opcode.Try: OpenTry(instruction); break;
            case Opcode.Catch or Opcode.CatchAll: TranslateCatch(instruction); break;
            case Opcode.Delegate: TranslateDelegate(instruction.Index); break;
            case Opcode.Rethrow: TranslateRethrow(instruction.Index); break;
            case Opcode.Throw: TranslateThrow(instruction); break;
            case Opcode.ThrowRef: TranslateThrowReference(_values.PlaceOf(_operands.Pop())); break;
            case Opcode.BrOnNull: TranslateBranchOnNull(instruction.Index); break;
            case Opcode.BrOnNonNull: TranslateBranchOnNonNull(instruction.Index); break;
            case Opcode.Drop: _operands.Pop(); break;
            case Opcode.Select or Opcode.SelectTyped: _variables.TranslateSelect(); break;
            case Opcode.LocalGet: _variables.GetLocal((int)instruction.Index); break;
            case Opcode.LocalSet: _variables.SetLocal((int)instruction.Index); break;
            case Opcode.LocalTee:
                _variables.SetLocal((int)instruction.Index);
                _variables.GetLocal((int)instruction.Index);
                break;
            case Opcode.GlobalGet: _variables.GetGlobal((int)instruction.Index); break;
            case Opcode.GlobalSet: _variables.SetGlobal((int)instruction.Index); break;
            case >= Opcode.I64Add128 and <= Opcode.I64MulWideU: _variables.TranslateWide(instruction.Opcode); break;
            case Opcode.BrOnCast or Opcode.BrOnCastFail: TranslateBranchOnCast(instruction); break;
            case Opcode.RefEq or (>= Opcode.StructNew and <= Opcode.I31GetU): _objects.Translate(instruction); break;
            default: _storage.Translate(instruction); break;
        }
    }

    private void Skip(ref CodeReader reader, in Instruction instruction)
    {
        switch (instruction.Opcode)
        {
            case Opcode.Block or Opcode.Loop or Opcode.If or Opcode.Try or Opcode.TryTable:
                _skippedBlocks++;
                reader.SkipTargets(instruction);
                break;
            case Opcode.BrTable:
                reader.SkipTargets(instruction);
                break;
            case Opcode.Catch or Opcode.CatchAll when _skippedBlocks == 0:
                TranslateCatch(instruction);
                break;
            case Opcode.Delegate when _skippedBlocks == 0:
                TranslateDelegate(instruction.Index);
                break;
            case Opcode.Delegate:
                _skippedBlocks--;
                break;
            case Opcode.Else when _skippedBlocks == 0:
                TranslateElse();
                break;
            case Opcode.End when _skippedBlocks > 0:
                _skippedBlocks--;
                break;
            case Opcode.End:
                TranslateEnd();
                break;
        }
    }
}

using Plugins.Wasm.Binary;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Validation;

/// <summary>Validates function bodies one after the other, keeping its stacks between them.</summary>
/// <remarks>Not for use by several threads. WebAssembly 2.0, section 3.3 and appendix A.3.</remarks>
internal sealed partial class FunctionValidator
{
    private readonly BinaryModule _module;
    private readonly FunctionReferences _references;
    private readonly ModuleLimits _limits;
    private readonly OperandStack _operands;
    private readonly ControlStack _control;
    private readonly StorageValidator _storage;
    private readonly ObjectValidator _objects;
    private readonly LocalTypes _locals = new();

    /// <summary>Whether memory 0 is there and has the addresses that plain accesses are known with.</summary>
    private readonly bool _hasShortAddresses;

    /// <param name="module">The module whose bodies will come.</param>
    /// <param name="references">The functions its <c>ref.func</c> may name.</param>
    /// <param name="limits">Size limits for the function.</param>
    public FunctionValidator(BinaryModule module, FunctionReferences references, ModuleLimits limits)
    {
        _module = module;
        _references = references;
        _limits = limits;
        _operands = new OperandStack(limits.Operands, module.Definitions);
        _control = new ControlStack(_operands, _locals, limits.NestingDepth);
        _storage = new StorageValidator(module, _operands);
        _objects = new ObjectValidator(module, _operands, _storage, limits);
        _hasShortAddresses = module.Memories is [{ Address: ValueKind.I32 }, ..];
    }

    /// <summary>Whether any body so far changes a table.</summary>
    public bool ChangesTables => _storage.ChangesTables;

    /// <summary>Requires that a body of the given type is valid.</summary>
    public void Validate(FunctionType type, FunctionBody body)
    {
        _locals.Reset(type, body);
        _operands.Reset();
        _operands.Offset = body.Start;
        _control.OpenFunction(type);
        CodeReader code = new(_module, body);
        while (_control.Count > 0)
        {
            PassPlain(ref code, body.End);
            if (!code.Read(out Instruction instruction))
            {
                break;
            }

            _operands.Offset = instruction.Offset;
            if (instruction.Code.IsUnresolved)
            {
                throw Invalid("unknown type");
            }

            Validate(instruction, ref code);
        }

        CheckEnd(code);
    }

    // Section 5.5.13: the size of a body is that of its locals and its expression.
    private void CheckEnd(in CodeReader code)
    {
        if (_control.Count > 0)
        {
            throw new MalformedModuleException("END opcode expected", code.Position);
        }

        if (!code.IsAtEnd)
        {
            throw new MalformedModuleException("section size mismatch", code.Position);
        }
    }

    private void ValidatePlain(in Instruction instruction)
    {
        ref readonly OpcodeInfo info = ref OpcodeTable.Get(instruction.Opcode);
        if (!info.IsPlain)
        {
            throw new InvalidOperationException($"No rule for {instruction.Opcode}.");
        }

        CheckLanes(instruction, info.Immediate);
        if (info.AccessBytes > 0)
        {
            _storage.Access(instruction, info);
            return;
        }

        if (info.OperandCount > 2)
        {
            _operands.Pop(info.Third);
        }

        if (info.OperandCount > 1)
        {
            _operands.Pop(info.Second);
        }

        if (info.OperandCount > 0)
        {
            _operands.Pop(info.First);
        }

        if (info.HasResult)
        {
            _operands.Push(info.Result);
        }
    }

    private void Validate(in Instruction instruction, ref CodeReader code)
    {
        switch (instruction.Opcode)
        {
            case Opcode.Nop: break;
            case Opcode.Unreachable: _control.MarkUnreachable(); break;
            case Opcode.Block or Opcode.Loop or Opcode.Try: OpenBlock(instruction); break;
            case Opcode.If: OpenIf(instruction); break;
            case Opcode.Else: OpenElse(instruction); break;
            case Opcode.End: CloseBlock(); break;
            case Opcode.Br: Branch(instruction); break;
            case Opcode.BrIf: BranchIf(instruction); break;
            case Opcode.BrTable: BranchByTable(instruction, ref code); break;
            case Opcode.Return: Return(); break;
            case Opcode.Call: Call(instruction); break;
            case Opcode.CallIndirect: CallIndirect(instruction); break;
            case Opcode.CallRef: CallReference(instruction); break;
            case Opcode.ReturnCall: ReturnCall(instruction); break;
            case Opcode.ReturnCallIndirect: ReturnCallIndirect(instruction); break;
            case Opcode.ReturnCallRef: ReturnCallReference(instruction); break;
            case Opcode.BrOnNull: BranchOnNull(instruction); break;
            case Opcode.BrOnNonNull: BranchOnNonNull(instruction); break;
            case Opcode.TryTable: OpenTryTable(instruction, ref code); break;
            case Opcode.Throw: Throw(instruction); break;
            case Opcode.ThrowRef: ThrowReference(); break;
            case Opcode.Catch or Opcode.CatchAll: OpenCatch(instruction); break;
            case Opcode.Delegate: CloseByDelegate(instruction); break;
            case Opcode.Rethrow: Rethrow(instruction); break;
            case Opcode.Drop: _operands.Pop(); break;
            case Opcode.Select: Select(); break;
            case Opcode.SelectTyped: SelectTyped(instruction); break;
            case Opcode.LocalGet: GetLocal(instruction); break;
            case Opcode.LocalSet: SetLocal(instruction); break;
            case Opcode.LocalTee: Tee(instruction); break;
            case Opcode.GlobalGet: _operands.Push(TypeOfGlobal(instruction).Code); break;
            case Opcode.GlobalSet: SetGlobal(instruction); break;
            default: ValidateOther(instruction); break;
        }
    }

    private void ValidateOther(in Instruction instruction)
    {
        switch (instruction.Opcode)
        {
            case Opcode.RefNull: _operands.Push(instruction.Code); break;
            case Opcode.RefIsNull: TestNull(); break;
            case Opcode.RefFunc: ReferToFunction(instruction); break;
            case Opcode.RefAsNonNull: _operands.Push(_operands.PopReference().WithoutNull); break;
            case Opcode.I64Add128 or Opcode.I64Sub128: ApplyWide(operands: 4); break;
            case Opcode.I64MulWideS or Opcode.I64MulWideU: ApplyWide(operands: 2); break;
            case Opcode.BrOnCast or Opcode.BrOnCastFail: BranchOnCast(instruction); break;
            default:
                if (!_storage.Validate(instruction) && !_objects.Validate(instruction))
                {
                    ValidatePlain(instruction);
                }

                break;
        }
    }

    private InvalidModuleException Invalid(string reason) => new(reason, _operands.Offset);
}

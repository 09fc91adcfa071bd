using System.Reflection.Emit;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Emit.Operands;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Emit;

/// <summary>Turns one validated function into intermediate language.</summary>
/// <remarks>
/// Numeric code becomes trees of <see cref="Operand"/>s that are emitted where they are used, so the evaluation stack
/// is empty between statements and every trap check may branch to a label shared by the whole function.
/// </remarks>
internal sealed partial class FunctionEmitter
{
    private readonly ModuleEmitter _owner;
    private readonly Module _module;
    private readonly BinaryModule _binary;
    private readonly FunctionBody _body;
    private readonly FunctionScan _scan;
    private readonly ILEmitter _il;
    private readonly FunctionScope _scope;
    private readonly OperandStack _stack;
    private readonly BoundsFacts _facts;
    private readonly TrapLabels _traps;
    private readonly List<ControlFrame> _frames = [];

    /// <summary>Whether the code about to be emitted can be reached; what cannot is skipped.</summary>
    private bool _isReachable = true;

    /// <summary>Blocks that were opened in code that cannot be reached.</summary>
    private int _skippedBlocks;

    private FunctionEmitter(ModuleEmitter owner, int index, FunctionScan scan, ILEmitter il)
    {
        _owner = owner;
        _module = owner.Module;
        _binary = _module.Binary;
        _body = _binary.Bodies[index - _binary.ImportedFunctionCount];
        _scan = scan;
        _il = il;
        _scope = new FunctionScope(il, _binary.TypeOfFunction(index), _body, scan);
        _stack = new OperandStack(_scope);
        _facts = new BoundsFacts();
        _traps = new TrapLabels(il);
    }

    /// <summary>Emits the whole method of the function at <paramref name="index"/>.</summary>
    public static void Emit(ModuleEmitter owner, int index, FunctionScan scan, ILEmitter il) =>
        new FunctionEmitter(owner, index, scan, il).EmitAll();

    private void EmitAll()
    {
        EmitPrologue();
        PushFunctionFrame();
        var reader = new CodeReader(_binary, _body);
        while (reader.Read(out Instruction instruction))
        {
            if (_isReachable)
            {
                EmitCharge(_scan.CostAt(instruction.Offset));
                EmitInstruction(ref reader, instruction);
                _owner.Expansion.Check(_il.Bytes, instruction.Offset);
            }
            else
            {
                Skip(ref reader, instruction);
            }
        }

        EmitSlowPaths();
    }

    private void Skip(ref CodeReader reader, in Instruction instruction)
    {
        switch (instruction.Opcode)
        {
            case Opcode.Block or Opcode.Loop or Opcode.If:
                _skippedBlocks++;
                break;
            case Opcode.BrTable:
                SkipTargets(ref reader, instruction.Index);
                break;
            case Opcode.Else when _skippedBlocks == 0:
                EmitElse();
                break;
            case Opcode.End when _skippedBlocks > 0:
                _skippedBlocks--;
                break;
            case Opcode.End:
                EmitEnd();
                break;
        }
    }

    private static void SkipTargets(ref CodeReader reader, uint count)
    {
        for (uint i = 0; i <= count; i++)
        {
            reader.ReadIndex();
        }
    }

    private void EmitInstruction(ref CodeReader reader, in Instruction instruction)
    {
        OpcodeInfo info = OpcodeTable.Get(instruction.Opcode);
        if (info.IsPlain)
        {
            EmitPlain(instruction, info);
        }
        else if (instruction.Opcode <= Opcode.CallIndirect)
        {
            EmitControl(ref reader, instruction);
        }
        else if (instruction.Opcode <= Opcode.GlobalSet)
        {
            EmitVariable(instruction);
        }
        else
        {
            EmitOther(instruction);
        }
    }

    private void EmitControl(ref CodeReader reader, in Instruction instruction)
    {
        switch (instruction.Opcode)
        {
            case Opcode.Unreachable:
                EmitUnreachable(instruction.Offset);
                break;
            case Opcode.Block or Opcode.Loop:
                EmitBlock(instruction);
                break;
            case Opcode.If:
                EmitIf(instruction);
                break;
            case Opcode.Else:
                EmitElse();
                break;
            case Opcode.End:
                EmitEnd();
                break;
            case Opcode.Br:
                EmitBranch(instruction.Index);
                break;
            case Opcode.BrIf:
                EmitBranchIf(instruction.Index);
                break;
            case Opcode.BrTable:
                EmitBranchTable(ref reader, instruction.Index);
                break;
            case Opcode.Return:
                EmitReturn();
                break;
            case Opcode.Call:
                EmitCall((int)instruction.Index);
                break;
            case Opcode.CallIndirect:
                EmitCallIndirect((int)instruction.Index, (int)instruction.SecondIndex);
                break;
        }
    }

    private void EmitVariable(in Instruction instruction)
    {
        int index = (int)instruction.Index;
        switch (instruction.Opcode)
        {
            case Opcode.Drop:
                _stack.Pop().Discard(_scope);
                break;
            case Opcode.Select or Opcode.SelectTyped:
                EmitSelect();
                break;
            case Opcode.LocalGet:
                _stack.Push(new LocalOperand(_scope.KindOf(index), index));
                break;
            case Opcode.LocalSet:
                EmitLocalSet(index);
                break;
            case Opcode.LocalTee:
                EmitLocalSet(index);
                _stack.Push(new LocalOperand(_scope.KindOf(index), index));
                break;
            case Opcode.GlobalGet:
                EmitGlobalGet(index);
                break;
            case Opcode.GlobalSet:
                EmitGlobalSet(index);
                break;
        }
    }

    private void EmitOther(in Instruction instruction)
    {
        switch (instruction.Opcode)
        {
            case Opcode.RefNull:
                _stack.Push(new ConstantOperand(instruction.Kind, 0));
                break;
            case Opcode.RefIsNull:
                _stack.Push(new NullTestOperand(_stack.Pop()));
                break;
            case Opcode.RefFunc:
                EmitFunctionReference((int)instruction.Index);
                break;
            case Opcode.MemorySize when instruction.Index == 0:
                _stack.Push(new MemorySizeOperand());
                break;
            default:
                EmitRuntimeCall(instruction);
                break;
        }
    }

    private void EmitUnreachable(int offset)
    {
        // Where a guest panics is worth knowing, and this ends its block anyway: no shared label.
        EmitFuelOut();
        _il.LoadConstant((int)TrapKind.Unreachable);
        _il.LoadConstant(offset);
        _il.Emit(OpCodes.Call, RuntimeMembers.TrapsCreateAt);
        _il.Emit(OpCodes.Throw);
        EndReachable();
    }
}

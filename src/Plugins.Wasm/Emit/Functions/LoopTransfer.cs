using System.Reflection.Emit;
using Plugins.Wasm.IL;
using Plugins.Wasm.Runtime;
using Plugins.Wasm.Runtime.Interpretation;
using Plugins.Wasm.Scanning;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Emit.Functions;

/// <summary>The way into a function at the head of one of its loops, with the interpreter's values.</summary>
/// <remarks>
/// The method takes the instance, the frame's slots, the interpreter's stack and the call depth, and leaves its results
/// in the slots. It has the function's whole code; what only leads to the loop, the runtime's compiler drops.
/// </remarks>
internal sealed class LoopTransfer
{
    private const int SlotsArgument = 1;
    private const int StackArgument = 2;

    private readonly FunctionScope _scope;
    private readonly LocalSlots _slots;
    private readonly ILEmitter _il;
    private readonly Label _entry;
    private LocalBuilder[] _operands = [];
    private ValueKind[] _kinds = [];
    private Label _head;

    /// <param name="scope">The function.</param>
    /// <param name="loop">The loop's offset.</param>
    public LoopTransfer(FunctionScope scope, int loop)
    {
        _scope = scope;
        _il = scope.IL;
        _entry = _il.DefineLabel();
        _slots = new LocalSlots(scope.Type, scope.Body, scope.Scan.UsedLocals);
        Loop = loop;
    }

    /// <summary>The parameters of the method.</summary>
    public static Type[] Parameters { get; } =
        [typeof(Instance), typeof(ulong*), typeof(InterpreterStack), typeof(int)];

    /// <summary>The loop's offset.</summary>
    public int Loop { get; }

    /// <summary>Emits the jump from the method's prologue.</summary>
    public void EmitJump() => _il.Branch(OpCodes.Br, _entry);

    /// <summary>Takes note of where the operands are at the loop's head, before it is marked.</summary>
    public void Note(OperandStack operands, Label head)
    {
        _head = head;
        _kinds = operands.Kinds();
        _operands = operands.SpillTop(operands.Count);
    }

    /// <summary>Emits what loads all values and goes to the loop, after the function's own code.</summary>
    public void EmitEntry()
    {
        _il.Mark(_entry);
        foreach (int local in _scope.Scan.UsedLocals)
        {
            EmitLoad(_slots.SlotOf(local), _scope.KindOf(local));
            _scope.StoreLocal(local);
        }

        for (int i = 0; i < _operands.Length; i++)
        {
            EmitLoad(_slots.Count + i, _kinds[i]);
            _il.StoreLocal(_operands[i]);
        }

        _il.Branch(OpCodes.Br, _head);
    }

    /// <summary>Stores a result where the interpreter finds it.</summary>
    /// <param name="index">Which result.</param>
    /// <param name="value">Its value.</param>
    public void EmitResult(int index, Operands.Operand value)
    {
        EmitAddress(index, value.Kind);
        value.Emit(_scope);
        switch (value.Kind)
        {
            case ValueKind.I32:
                _il.Emit(OpCodes.Conv_U8);
                _il.Emit(OpCodes.Stind_I8);
                break;
            case ValueKind.I64:
                _il.Emit(OpCodes.Stind_I8);
                break;
            case ValueKind.F32:
                _il.Emit(OpCodes.Stind_R4);
                break;
            case ValueKind.F64:
                _il.Emit(OpCodes.Stind_R8);
                break;
            case ValueKind.V128:
                _il.Emit(OpCodes.Stobj, Signature.TypeOf(value.Kind));
                break;
            default:
                _il.Emit(OpCodes.Stind_Ref);
                break;
        }
    }

    private void EmitLoad(int slot, ValueKind kind)
    {
        EmitAddress(slot, kind);
        if (kind == ValueKind.V128)
        {
            _il.Emit(OpCodes.Ldobj, Signature.TypeOf(kind));
            return;
        }

        _il.Emit(kind switch
        {
            ValueKind.I32 => OpCodes.Ldind_I4,
            ValueKind.I64 => OpCodes.Ldind_I8,
            ValueKind.F32 => OpCodes.Ldind_R4,
            ValueKind.F64 => OpCodes.Ldind_R8,
            _ => OpCodes.Ldind_Ref,
        });
    }

    private void EmitAddress(int slot, ValueKind kind)
    {
        bool isReference = kind.IsReference;
        bool isVector = kind == ValueKind.V128;
        if (isReference || isVector)
        {
            _il.LoadArgument(StackArgument);
        }

        _il.LoadArgument(SlotsArgument);
        _il.LoadConstant(slot * sizeof(ulong));
        _il.Emit(OpCodes.Add);
        if (isReference)
        {
            _il.Emit(OpCodes.Call, RuntimeMembers.InterpreterStackReferenceAt);
        }
        else if (isVector)
        {
            _il.Emit(OpCodes.Call, RuntimeMembers.InterpreterStackVectorsAt);
        }
    }
}

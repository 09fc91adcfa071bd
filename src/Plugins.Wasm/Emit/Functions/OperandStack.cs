using System.Reflection.Emit;
using Plugins.Wasm.Emit.Operands;
using Plugins.Wasm.Emit.Vectors;
using Plugins.Wasm.Runtime;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Emit.Functions;

/// <summary>WebAssembly's operand stack at compile time.</summary>
/// <remarks>
/// Operands are spilled to temporaries before something they read changes. Only the last <see cref="Window"/> may be
/// unsettled, and trees stay small, so that no module makes this take more than linear time or recurse deeply.
/// </remarks>
internal sealed class OperandStack
{
    private const int Window = 48;
    private const int MaximumSize = 64;

    private readonly List<Operand> _operands = [];
    private readonly FunctionScope _scope;

    public OperandStack(FunctionScope scope) => _scope = scope;

    public int Count => _operands.Count;

    public void Push(Operand operand)
    {
        _operands.Add(operand);
        if (operand.Size > MaximumSize)
        {
            Spill(Count - 1);
        }

        if (Count > Window)
        {
            Spill(Count - 1 - Window);
        }
    }

    /// <summary>Pushes a constant; one that is not a number, where the optimiser cannot see it.</summary>
    public void PushConstant(ValueKind kind, ulong bits)
    {
        if (kind == ValueKind.V128)
        {
            Push(new VectorConstantOperand(_scope.Module.Binary.VectorAt(bits)));
            return;
        }

        var constant = new ConstantOperand(kind, bits);
        Push(constant.IsNaN ? ToOpaque(constant) : constant);
    }

    public void PushTemporary(ValueKind kind, LocalBuilder local) => Push(new TemporaryOperand(kind, local));

    /// <summary>Stores what is on the evaluation stack, and pushes that as an operand.</summary>
    public void PushStored(ValueKind kind)
    {
        LocalBuilder local = _scope.Temporaries.Rent(Signature.TypeOf(kind));
        _scope.IL.StoreLocal(local);
        PushTemporary(kind, local);
    }

    public Operand Pop()
    {
        Operand top = _operands[^1];
        _operands.RemoveAt(_operands.Count - 1);
        return top;
    }

    /// <summary>Takes the topmost operands, the first pushed first.</summary>
    public Operand[] Pop(int count)
    {
        Operand[] popped = [.. _operands.Skip(Count - count)];
        _operands.RemoveRange(Count - count, count);
        return popped;
    }

    /// <summary>The types of all operands, the first pushed first.</summary>
    public ValueKind[] Kinds() => [.. _operands.Select(operand => operand.Kind)];

    /// <summary>Drops operands down to a height without evaluating them.</summary>
    public void DiscardTo(int height)
    {
        while (Count > height)
        {
            Pop().Discard(_scope);
        }
    }

    public void SpillAll()
    {
        for (int i = FirstUnsettled; i < Count; i++)
        {
            Spill(i);
        }
    }

    /// <summary>Spills the topmost operands, so that they can be read twice.</summary>
    public LocalBuilder[] SpillTop(int count)
    {
        var locals = new LocalBuilder[count];
        for (int i = 0; i < count; i++)
        {
            int index = Count - count + i;
            TemporaryOperand temporary = ToTemporary(_operands[index]);
            _operands[index] = temporary;
            locals[i] = temporary.Local;
        }

        return locals;
    }

    /// <summary>Spills what reads any of that state, before it changes.</summary>
    public void SpillReadersOf(Reads reads)
    {
        for (int i = FirstUnsettled; i < Count; i++)
        {
            if ((_operands[i].Reads & reads) != Reads.None)
            {
                Spill(i);
            }
        }
    }

    /// <summary>Spills what may read a wasm local, before it is set.</summary>
    public void SpillReadersOfLocal(int local)
    {
        ulong mask = LocalOperand.MaskOf(local);
        for (int i = FirstUnsettled; i < Count; i++)
        {
            if ((_operands[i].LocalMask & mask) != 0)
            {
                Spill(i);
            }
        }
    }

    /// <summary>Evaluates an operand, so that its value can be read more than once.</summary>
    public TemporaryOperand ToTemporary(Operand operand)
    {
        if (operand is TemporaryOperand temporary)
        {
            return temporary;
        }

        // The operand's own temporaries are free only once it was emitted, so that the new one is another.
        operand.Emit(_scope);
        LocalBuilder local = _scope.Temporaries.Rent(Signature.TypeOf(operand.Kind));
        _scope.IL.StoreLocal(local);
        return new TemporaryOperand(operand.Kind, local);
    }

    /// <summary>Evaluates a float constant out of the optimiser's sight.</summary>
    /// <remarks>
    /// At once: for each call whose result waits for another's, the runtime's compiler takes a place in the frame.
    /// </remarks>
    public TemporaryOperand ToOpaque(ConstantOperand constant)
    {
        constant.EmitOpaque(_scope.IL);
        LocalBuilder local = _scope.Temporaries.Rent(Signature.TypeOf(constant.Kind));
        _scope.IL.StoreLocal(local);
        return new TemporaryOperand(constant.Kind, local);
    }

    /// <inheritdoc cref="ToOpaque(ConstantOperand)"/>
    public TemporaryOperand ToOpaque(VectorConstantOperand constant)
    {
        constant.EmitOpaque(_scope);
        LocalBuilder local = _scope.Temporaries.Rent(Signature.TypeOf(constant.Kind));
        _scope.IL.StoreLocal(local);
        return new TemporaryOperand(constant.Kind, local);
    }

    private int FirstUnsettled => Math.Max(0, Count - Window);

    private void Spill(int index)
    {
        if (!_operands[index].IsSettled)
        {
            _operands[index] = ToTemporary(_operands[index]);
        }
    }
}

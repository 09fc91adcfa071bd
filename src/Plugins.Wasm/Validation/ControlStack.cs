using Plugins.Wasm.Binary;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Validation;

/// <summary>The open blocks of a function, its own frame first; keeps the operand stack's floor in step.</summary>
internal sealed class ControlStack(OperandStack operands, LocalTypes locals, int depthLimit)
{
    private ControlFrame[] _frames = new ControlFrame[16];

    public int Count { get; private set; }

    public ref readonly ControlFrame Innermost => ref _frames[Count - 1];

    /// <summary>Opens a function on an empty operand stack; its parameters are locals, not operands.</summary>
    public void OpenFunction(FunctionType type)
    {
        Count = 1;
        _frames[0] = new ControlFrame(Opcode.Block, type, 0);
    }

    /// <summary>Opens a block whose parameters have been popped, and pushes them inside it.</summary>
    public void Open(Opcode opcode, FunctionType type, int offset) => Open(opcode, type, offset, type.ParameterCodes);

    /// <summary>Opens a block, and pushes other values inside it than its parameters.</summary>
    public void Open(Opcode opcode, FunctionType type, int offset, ValueCode[] values)
    {
        // The function's frame is among the frames, but not a block inside another.
        if (Count > depthLimit)
        {
            throw new ModuleLimitException(nameof(ModuleLimits.NestingDepth), depthLimit, Count, offset);
        }

        if (Count == _frames.Length)
        {
            ControlFrame[] larger = new ControlFrame[2 * Count];
            Array.Copy(_frames, larger, Count);
            _frames = larger;
        }

        _frames[Count++] = new ControlFrame(opcode, type, operands.Count)
        {
            InitializedLocals = locals.InitializedCount,
        };
        operands.SetFloor(operands.Count, isPolymorphic: false);
        operands.Push(values);
    }

    /// <summary>Closes the innermost block: its results, and nothing else, must be there, and are popped.</summary>
    /// <returns>What it was; to be used before another is opened.</returns>
    public ref readonly ControlFrame Close()
    {
        ref ControlFrame frame = ref _frames[Count - 1];
        operands.Pop(frame.Type.ResultCodes);
        operands.CheckAtFloor();
        locals.ReturnTo(frame.InitializedLocals);
        Count--;
        if (Count > 0)
        {
            ref ControlFrame outer = ref _frames[Count - 1];
            operands.SetFloor(outer.Floor, outer.IsUnreachable);
        }

        return ref frame;
    }

    /// <summary>Marks what follows in the innermost block as unreachable.</summary>
    public void MarkUnreachable()
    {
        _frames[Count - 1].IsUnreachable = true;
        operands.MakePolymorphic();
    }

    /// <summary>What opened the block of a label that exists.</summary>
    public Opcode OpcodeOf(uint label) => _frames[Count - 1 - (int)label].Opcode;

    /// <summary>What a branch to a label takes.</summary>
    public ValueCode[] LabelCodes(uint label, int offset) => label < (uint)Count
        ? _frames[Count - 1 - (int)label].LabelCodes
        : throw new InvalidModuleException($"unknown label {label}", offset);
}

using Plugins.Wasm.Binary;
using Plugins.Wasm.Emit.Functions;

namespace Plugins.Wasm.Emit.Operands;

/// <summary>An operator over two operands.</summary>
internal sealed class BinaryOperand : Operand
{
    public BinaryOperand(Opcode opcode, Operand left, Operand right)
        : base(OpcodeTable.Get(opcode).Result)
    {
        Opcode = opcode;
        Left = left;
        Right = right;
        Size = left.Size + right.Size + 1;
        Reads = left.Reads | right.Reads;
        LocalMask = left.LocalMask | right.LocalMask;
        UpperBound = Bound(opcode, left, right);
    }

    public Opcode Opcode { get; }

    public Operand Left { get; }

    public Operand Right { get; }

    public override void Emit(FunctionScope scope)
    {
        Left.Emit(scope);
        Right.Emit(scope);
        NumericCode code = Right is ConstantOperand ? NumericCode.WithConstant(Opcode) : NumericCode.Of(Opcode);
        code.Emit(scope.IL);
    }

    public override void Discard(FunctionScope scope)
    {
        Left.Discard(scope);
        Right.Discard(scope);
    }

    /// <summary>An upper bound of an unsigned 32-bit result, for the accesses that it makes provably safe.</summary>
    private static ulong Bound(Opcode opcode, Operand left, Operand right)
    {
        ulong bound = opcode switch
        {
            Opcode.I32And => Math.Min(left.UpperBound, right.UpperBound),
            Opcode.I32Add => left.UpperBound + right.UpperBound,
            Opcode.I32Shl when right is ConstantOperand count => left.UpperBound << (int)(count.Bits & 31),
            Opcode.I32ShrU when right is ConstantOperand count => left.UpperBound >> (int)(count.Bits & 31),
            >= Opcode.I32Eq and <= Opcode.F64Ge => 1,
            _ => uint.MaxValue,
        };

        return Math.Min(bound, uint.MaxValue);
    }
}

using Plugins.Wasm.Binary;
using Plugins.Wasm.Scanning;

namespace Plugins.Wasm.Emit.Operands;

/// <summary>An operator over two operands.</summary>
internal sealed class BinaryOperand : Operand
{
    private readonly bool _joins;
    private readonly bool _showsRotation;
    private readonly bool _isHidden;

    /// <param name="opcode">The operator.</param>
    /// <param name="left">The first operand.</param>
    /// <param name="right">The second operand.</param>
    /// <param name="isHidden">Whether the optimiser must not see by which operator the result came about.</param>
    public BinaryOperand(Opcode opcode, Operand left, Operand right, bool isHidden = false)
        : base(OpcodeTable.Get(opcode).Result)
    {
        _isHidden = isHidden;
        Opcode = opcode;
        Left = left;
        Right = right;
        Size = left.Size + right.Size + 1;
        Reads = left.Reads | right.Reads;
        LocalMask = left.LocalMask | right.LocalMask;
        UpperBound = Bound(opcode, left, right);
        MayBeComparison = FoldingHazards.IsComparison(opcode) || left.MayBeComparison || right.MayBeComparison;
        _joins = opcode
            is Opcode.I32Add or Opcode.I32Or or Opcode.I32Xor or Opcode.I64Add or Opcode.I64Or or Opcode.I64Xor;
        _showsRotation = !isHidden
            && (opcode is Opcode.I32Rotl or Opcode.I32Rotr or Opcode.I64Rotl or Opcode.I64Rotr
                || (_joins && (Shows(left) || Shows(right))));
    }

    public Opcode Opcode { get; }

    public Operand Left { get; }

    public Operand Right { get; }

    /// <remarks>
    /// .NET 10's optimiser compares a rotation by a constant with zero through flags that no instruction set, and folds
    /// one of a constant into a number without its sign. So nothing but sums and the like, which fold away at the most,
    /// is given a rotation to see; RATIONALE.md has more.
    /// </remarks>
    public override void Emit(FunctionPlaces scope)
    {
        EmitBare(scope);
        if (_showsRotation)
        {
            NumericCode.Hide(Kind).Emit(scope.IL);
        }
    }

    public override void Discard(FunctionPlaces scope)
    {
        Left.Discard(scope);
        Right.Discard(scope);
    }

    private static bool Shows(Operand operand) => operand is BinaryOperand { _showsRotation: true };

    private void EmitBare(FunctionPlaces scope)
    {
        EmitPart(Left, scope);
        EmitPart(Right, scope);
        NumericCode code = Right is ConstantOperand ? NumericCode.WithConstant(Opcode) : NumericCode.Of(Opcode);
        code.Emit(scope.IL);
        if (_isHidden)
        {
            NumericCode.Hide(Kind).Emit(scope.IL);
        }
    }

    private void EmitPart(Operand part, FunctionPlaces scope)
    {
        if (_joins && part is BinaryOperand inner)
        {
            inner.EmitBare(scope);
        }
        else
        {
            part.Emit(scope);
        }
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

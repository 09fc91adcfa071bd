using Plugins.Wasm.Binary;

namespace Plugins.Wasm.Scanning;

/// <summary>Which operators of a function .NET 10's optimiser would get wrong where they come together.</summary>
/// <remarks>
/// It puts locals together with what was stored in them first, so the operators may stand anywhere in the function.
/// docs/security.md, "Known faults of the runtime's compiler".
/// </remarks>
internal sealed class FoldingHazards
{
    private Parts _narrow;
    private Parts _wide;
    private bool _keepsComparison;

    [Flags]
    private enum Parts : byte
    {
        None = 0,
        LeftShift = 1,
        RightShift = 2,
        Xor = 4,
        Rotation = LeftShift | RightShift | Xor,
    }

    /// <summary>Looks at an operator.</summary>
    /// <param name="opcode">The operator.</param>
    /// <param name="previous">The one before it, whose result is the last operand.</param>
    public void Visit(Opcode opcode, Opcode previous)
    {
        _narrow |= PartOf(opcode, previous, Opcode.I32Shl, Opcode.I32ShrU, Opcode.I32Xor);
        _wide |= PartOf(opcode, previous, Opcode.I64Shl, Opcode.I64ShrU, Opcode.I64Xor);
        _keepsComparison |= IsComparison(previous) && !IsCondition(opcode);
    }

    /// <summary>Whether the optimiser must not see by which operator a result came about.</summary>
    /// <remarks>
    /// <c>(x &lt;&lt; y) ^ (x &gt;&gt;&gt; (32 - y))</c> is taken for a rotation, which it is not where <c>y</c> is a
    /// multiple of 32. And where <c>c ^ -1</c> is not zero, the comparison <c>c</c> is taken to be false.
    /// </remarks>
    /// <param name="opcode">The operator.</param>
    /// <param name="hasConstant">Whether its right operand is a constant.</param>
    /// <param name="mayBeComparison">Whether one of its operands may be the value of a comparison.</param>
    public bool Hides(Opcode opcode, bool hasConstant, bool mayBeComparison) => opcode switch
    {
        Opcode.I32ShrU => _narrow.HasFlag(Parts.Rotation) && !hasConstant,
        Opcode.I64ShrU => _wide.HasFlag(Parts.Rotation) && !hasConstant,
        Opcode.I32Xor => _keepsComparison && mayBeComparison,
        _ => false,
    };

    private static Parts PartOf(Opcode opcode, Opcode previous, Opcode left, Opcode right, Opcode xor)
    {
        bool isVariable = previous is not (Opcode.I32Const or Opcode.I64Const);
        return opcode == xor ? Parts.Xor
            : opcode == left && isVariable ? Parts.LeftShift
            : opcode == right && isVariable ? Parts.RightShift
            : Parts.None;
    }

    /// <summary>Whether an operator compares integers or references, or all lanes of a vector.</summary>
    public static bool IsComparison(Opcode opcode) =>
        opcode is (>= Opcode.I32Eqz and <= Opcode.I64GeU) or Opcode.RefIsNull or Opcode.V128AnyTrue
            or Opcode.I8x16AllTrue or Opcode.I16x8AllTrue or Opcode.I32x4AllTrue or Opcode.I64x2AllTrue;

    // Uses of a comparison that leave no value behind which could be complemented.
    private static bool IsCondition(Opcode opcode) =>
        opcode is Opcode.BrIf or Opcode.If or Opcode.Select or Opcode.SelectTyped or Opcode.I32Eqz or Opcode.Drop
            or Opcode.Return;
}

using Plugins.Wasm.Runtime.Interpretation;

namespace Plugins.Wasm.Translation;

/// <summary>What a branch depends on.</summary>
/// <param name="Comparison">
/// The comparison that was taken back so that the branch can make it; the default for the value of a slot.
/// </param>
/// <param name="Place">The slot.</param>
internal readonly record struct Condition(Cell Comparison, int Place)
{
    /// <summary>Takes back the comparison whose result the branch depends on, if that came last.</summary>
    public static bool TryTake(CodeBuffer code, out Condition condition)
    {
        condition = default;
        if (code.Producer == CodeBuffer.None)
        {
            return false;
        }

        Operation producer = code[code.Producer].Operation;
        if (producer is not (Operation.I32Eqz or Operation.I64Eqz)
            && !OperationTable.TryGetBranch(producer, branchesIfTrue: true, out _))
        {
            return false;
        }

        condition = new Condition(code.TakeBack(), 0);
        return true;
    }

    /// <returns>The cell with the branch's distance.</returns>
    public int EmitBranch(CodeBuffer code, bool isTakenIfTrue)
    {
        switch (Comparison.Operation)
        {
            case default(Operation):
                return code.EmitNumber(isTakenIfTrue ? Operation.BranchIf : Operation.BranchUnless, Place, 0);
            case Operation.I32Eqz:
                return code.EmitNumber(isTakenIfTrue ? Operation.BranchUnless : Operation.BranchIf, Comparison.B, 0);
            case Operation.I64Eqz:
                code.Emit(
                    isTakenIfTrue ? Operation.BranchIfI64EqImmediate : Operation.BranchIfI64NeImmediate, Comparison.B);
                return code.Append(0, 0);
        }

        OperationTable.TryGetBranch(Comparison.Operation, isTakenIfTrue, out Operation branch);
        bool isImmediate = OperationTable.HasImmediate(Comparison.Operation);
        code.Emit(branch, Comparison.B, isImmediate ? 0 : Comparison.C);
        return code.Append(isImmediate ? Comparison.Immediate : 0, 0);
    }
}

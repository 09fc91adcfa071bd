using Plugins.Wasm.Binary;

namespace Plugins.Wasm.Scanning;

/// <summary>
/// How many of those things a function has for which the just-in-time compiler takes more than time in proportion.
/// </summary>
/// <remarks>Counted while the function is scanned; code that cannot be reached counts as well.</remarks>
internal sealed class FunctionShape
{
    public int Instructions { get; private set; }

    /// <summary>Calls of both kinds.</summary>
    public int Calls { get; private set; }

    public int IndirectCalls { get; private set; }

    /// <summary>Values that calls, blocks and branches take and give: two bytes may carry hundreds.</summary>
    public long Values { get; private set; }

    /// <summary>Returns, and branches out of the function; each leaves the results.</summary>
    public int Returns { get; private set; }

    public int Loops { get; private set; }

    /// <summary>Loops inside loops, the outermost included.</summary>
    public int LoopDepth { get; private set; }

    /// <summary>Branches to loops; a <c>br_table</c> has one for each target that is a loop.</summary>
    public int BranchesBack { get; private set; }

    /// <summary>The most branches to one block or loop, those of a <c>br_table</c> not counted.</summary>
    public int MostBranchesToOne { get; private set; }

    /// <summary>Instructions of the kind <c>br_table</c>.</summary>
    public int Tables { get; private set; }

    /// <summary>Targets of all <c>br_table</c>s, their defaults included.</summary>
    public long TableTargets { get; private set; }

    public void Visit(Opcode opcode)
    {
        Instructions++;
        Calls += opcode is >= Opcode.Call and <= Opcode.ReturnCallRef ? 1 : 0;
        IndirectCalls += opcode is Opcode.CallIndirect or Opcode.ReturnCallIndirect or Opcode.CallRef
            or Opcode.ReturnCallRef ? 1 : 0;
        Returns += opcode == Opcode.Return ? 1 : 0;
    }

    public void VisitBranchOut() => Returns++;

    public void VisitValues(int count) => Values += count;

    public void VisitTable(uint targets)
    {
        Tables++;
        TableTargets += targets;
    }

    public void VisitBranch(int branchesToSame) =>
        MostBranchesToOne = Math.Max(MostBranchesToOne, branchesToSame);

    public void VisitBranchBack() => BranchesBack++;

    public void OpenLoop(int depth)
    {
        Loops++;
        LoopDepth = Math.Max(LoopDepth, depth);
    }
}

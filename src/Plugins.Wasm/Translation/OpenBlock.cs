using Plugins.Wasm.Binary;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Translation;

/// <summary>A block that is open.</summary>
internal sealed class OpenBlock
{
    public required Opcode Kind { get; set; }

    public required FunctionType Type { get; init; }

    /// <summary>Operands below the block's parameters.</summary>
    public required int Height { get; init; }

    /// <summary>Calls made before the last look at interrupts that every way to here leads past.</summary>
    public required int CheckedCalls { get; set; }

    /// <summary>Where a loop begins.</summary>
    public int Start { get; init; }

    /// <summary>The chain of branches to its end.</summary>
    public int Ends = CodeBuffer.None;

    /// <summary>The branch over an <c>if</c>'s first arm.</summary>
    public int Else = CodeBuffer.None;

    /// <summary>The clauses of a <c>try_table</c>.</summary>
    public CatchClause[]? Clauses { get; set; }

    /// <summary>The first cell that its handlers are for.</summary>
    public int Protected { get; set; }

    /// <summary>The cell after the last that they are for, once an arm of a legacy <c>try</c> begins.</summary>
    public int ProtectedEnd { get; set; }

    /// <summary>What a branch to this block brings.</summary>
    public ValueKind[] BranchKinds => Kind == Opcode.Loop ? Type.ParameterKinds : Type.ResultKinds;
}

using Plugins.Wasm.Binary;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Translation;

/// <summary>A block that is open.</summary>
internal sealed class OpenBlock
{
    public required Opcode Kind { get; init; }

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

    /// <summary>What a branch to this block brings.</summary>
    public ValueKind[] BranchKinds => Kind == Opcode.Loop ? Type.ParameterKinds : Type.ResultKinds;
}

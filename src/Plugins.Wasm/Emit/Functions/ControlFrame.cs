using System.Collections.Immutable;
using System.Reflection.Emit;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Emit.Functions;

/// <summary>A block that is open: where branches to it go, and what they bring.</summary>
internal sealed class ControlFrame
{
    public required Opcode Kind { get; init; }

    /// <summary>The number of the block or, once that was begun, of the second arm.</summary>
    public required int Number { get; set; }

    public required ImmutableArray<ValueKind> Parameters { get; init; }

    public required ImmutableArray<ValueKind> Results { get; init; }

    /// <summary>Operands below the block's parameters.</summary>
    public required int Height { get; init; }

    /// <summary>The state of <see cref="BoundsFacts"/> before the block.</summary>
    public required BoundsFacts.Mark Facts { get; init; }

    /// <summary>Where branches go: the start of a loop, the end of anything else.</summary>
    public required Label Label { get; init; }

    /// <summary>Where a loop begins.</summary>
    public Label Head { get; set; }

    /// <summary>Whether branches meet at <see cref="Label"/> before the one branch back to the loop.</summary>
    public bool HasLatch { get; init; }

    /// <summary>Where the second arm of an <c>if</c> begins.</summary>
    public Label ElseLabel { get; init; }

    /// <summary>Whether that arm was begun.</summary>
    public bool HasElse { get; set; }

    /// <summary>Whether any branch goes to <see cref="Label"/>.</summary>
    public bool IsTargeted => Branches > 0;

    /// <summary>How many go there.</summary>
    public int Branches { get; set; }

    /// <summary>Calls emitted before the last look at interrupts that every way to here leads past.</summary>
    public required int CheckedCalls { get; set; }

    /// <summary>Temporaries that hold an <c>if</c>'s or loop's parameters.</summary>
    /// <remarks>Never used again: operands that read them may still be pending after the end.</remarks>
    public LocalBuilder[] ParameterLocals { get; set; } = [];

    /// <summary>Temporaries that results meet in; null until something is put there.</summary>
    public LocalBuilder[]? ResultLocals { get; set; }

    /// <summary>What a branch to this block brings.</summary>
    public ImmutableArray<ValueKind> BranchKinds => Kind == Opcode.Loop ? Parameters : Results;
}

namespace Plugins.Wasm.Text.Parsing;

/// <summary>What is open in an expression, and so what may come next and what closes it.</summary>
internal enum FrameKind : byte
{
    /// <summary>The operands of a folded instruction, which is written behind them.</summary>
    Operands,

    /// <summary>A folded block.</summary>
    FoldedBlock,

    /// <summary>A folded <c>if</c> before its <c>then</c>: its condition.</summary>
    FoldedCondition,

    /// <summary>A folded <c>if</c> behind its <c>then</c>.</summary>
    FoldedThen,

    /// <summary>A folded <c>if</c> behind its <c>else</c>.</summary>
    FoldedElse,

    /// <summary>A folded <c>try</c> before its <c>do</c>.</summary>
    FoldedTry,

    /// <summary>A folded <c>try</c> behind its <c>do</c>.</summary>
    FoldedDo,

    /// <summary>A folded <c>try</c> behind a <c>catch</c>.</summary>
    FoldedCatch,

    /// <summary>A folded <c>try</c> behind its <c>catch_all</c>.</summary>
    FoldedCatchAll,

    /// <summary>A folded <c>try</c> behind its <c>delegate</c>.</summary>
    FoldedDelegate,

    /// <summary>The instructions of a <c>then</c>, <c>else</c>, <c>do</c> or <c>catch</c>.</summary>
    Arm,

    /// <summary>A block that <c>end</c> closes.</summary>
    Block,

    /// <summary>An <c>if</c> before its <c>else</c>.</summary>
    If,

    /// <summary>A <c>try</c> before its handlers, or behind a <c>catch</c>.</summary>
    Try,

    /// <summary>The same behind a <c>catch</c>, which cannot be delegated any more.</summary>
    Catch,
}

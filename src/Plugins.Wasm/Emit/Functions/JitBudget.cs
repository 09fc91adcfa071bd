using Plugins.Wasm.Diagnostics;
using Plugins.Wasm.IL;
using Plugins.Wasm.Scanning;

namespace Plugins.Wasm.Emit.Functions;

/// <summary>Predicts whether the just-in-time compiler will optimise a method.</summary>
/// <remarks>
/// Past any of these it turns optimisation off by itself. The predictions stay below its numbers, since it counts
/// blocks and locals of its own too. RATIONALE.md, "Why predict the just-in-time compiler's limits?".
/// </remarks>
internal static class JitBudget
{
    private const int MaximumBytes = 60_000;
    private const int MaximumInstructions = 20_000;
    private const int MaximumBlocks = 1_800;
    private const int MaximumLocals = 1_800;
    private const int MaximumReferences = 7_800;

    /// <returns>The limit that was passed, or null.</returns>
    public static string? Judge(ILEmitter il, int parameters, FunctionScan scan) =>
        Exceeds("IL bytes", il.Bytes, MaximumBytes)
        ?? Exceeds("IL instructions", il.Instructions, MaximumInstructions)
        ?? Exceeds("basic blocks", il.Blocks, MaximumBlocks)
        ?? Exceeds("locals", il.Locals + parameters, MaximumLocals)
        ?? Exceeds("local references", il.LocalReferences, MaximumReferences)
        ?? Exceeds("nested loops", scan.LoopDepth, LoopVariables.MaximumDepth)
        ?? (scan.HasCostlyLoops ? "branches back" : null);

    public static CompilationTier TierOf(string? reason) =>
        reason is null ? CompilationTier.Optimized : CompilationTier.Unoptimized;

    private static string? Exceeds(string name, int actual, int limit) =>
        actual > limit ? $"{name}: {actual} > {limit}" : null;
}

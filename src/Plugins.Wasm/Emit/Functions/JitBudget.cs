using Plugins.Wasm.Binary;
using Plugins.Wasm.Diagnostics;
using Plugins.Wasm.IL;
using Plugins.Wasm.Scanning;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Emit.Functions;

/// <summary>Decides if the just-in-time compiler optimises a function, only compiles it, or never sees it.</summary>
/// <remarks>
/// Nothing stops the compiler once it runs, so it gets only what is sure to take little time and memory, whatever a
/// guest makes of it: the limits are on everything for which it takes more than time in proportion, with the products
/// in which that shows. docs/security.md, "What is never compiled", says what each holds back, and RATIONALE.md, "Why
/// predict the just-in-time compiler's limits?", why they are guesses on the safe side.
/// </remarks>
internal static class JitBudget
{
    // Past any of these five the compiler turns optimisation off by itself. They are below its numbers, since it counts
    // blocks and locals of its own too.
    private const int MaximumBytes = 60_000;
    private const int MaximumInstructions = 20_000;
    private const int MaximumBlocks = 1_800;
    private const int MaximumLocals = 1_800;
    private const int MaximumReferences = 7_800;

    /// <summary>Past any of these the compiler would not optimise a method.</summary>
    public static CodeSize OptimizerLimit { get; } =
        new(MaximumBytes, MaximumInstructions, MaximumBlocks, MaximumReferences);

    // Below all of its own limits, optimising takes time with up to the third power of each of these. Of some 19,000
    // functions of real modules that could be optimised, none has as many loops or branches back, few as many targets.
    private const int MaximumLoops = 96;
    private const int MaximumBranchesBack = 256;
    private const int MaximumBranchesToOne = 512;
    private const int MaximumTargets = 512;
    private const int MaximumTablesTimesTargets = 16_384;

    // Compiling without optimisation takes time in proportion to this: a microsecond and some 450 bytes for each.
    private const int MaximumWork = 230_000;
    private const int WorkOfCall = 16;
    private const int WorkOfTarget = 4;

    // The checks that are sure to be emitted for one.
    private const int LeastWorkOfIndirectCall = 16;

    // A value that a branch moves or a return leaves is loaded, converted and stored.
    private const int LeastWorkOfValue = 4;

    // But for each table it searches all tables before it that have the same targets.
    private const int MaximumCompiledTargets = 16_384;
    private const int MaximumCompiledTablesTimesTargets = 2_000_000;
    private const int MaximumCompiledLoopDepth = 256;
    private const int MaximumCompiledBytes = 256 * 1024;
    private const int MaximumCompiledLocals = 4_096;

    /// <summary>Judges a function before it is emitted, by what its code is sure to become.</summary>
    /// <param name="scan">What is known of the function.</param>
    /// <param name="body">Where its code is.</param>
    /// <param name="type">Its type.</param>
    /// <returns>A verdict that <see cref="Judge"/> may still make stricter.</returns>
    public static Verdict JudgeBody(FunctionScan scan, FunctionBody body, FunctionType type)
    {
        // Every trap check would be a way out of a protected region, and a loop inside one cannot be entered.
        if (scan.HasHandlers)
        {
            return new Verdict(CompilationTier.Interpreted, "catches exceptions");
        }

        FunctionShape shape = scan.Shape;
        string? tooLarge = Exceeds("bytes of code", body.End - body.Start, MaximumCompiledBytes)
            ?? Exceeds("locals", scan.UsedLocals.Count + type.Parameters.Length, MaximumCompiledLocals)
            ?? Exceeds("compiler's work", LeastWorkOf(shape, type), MaximumWork)
            ?? Exceeds("branch targets", shape.TableTargets, MaximumCompiledTargets)
            ?? Exceeds(
                "tables × branch targets", shape.Tables * shape.TableTargets, MaximumCompiledTablesTimesTargets)
            ?? Exceeds("nested loops", shape.LoopDepth, MaximumCompiledLoopDepth);
        return tooLarge is null ? JudgeShape(shape) : new Verdict(CompilationTier.Interpreted, tooLarge);
    }

    /// <summary>Judges a function by what was emitted for it.</summary>
    /// <param name="il">What was emitted.</param>
    /// <param name="parameters">The function's parameters.</param>
    /// <param name="scan">What is known of the function.</param>
    public static Verdict Judge(ILEmitter il, int parameters, FunctionScan scan) =>
        JudgeMethod(il, parameters, scan.Shape).And(
            scan.HasCostlyLoops ? new Verdict(CompilationTier.Unoptimized, "branches back") : Verdict.Optimized);

    /// <summary>Judges a method that is a part of a function.</summary>
    /// <param name="il">What was emitted.</param>
    /// <param name="parameters">The method's parameters.</param>
    /// <param name="shape">What is in it.</param>
    public static Verdict JudgeMethod(ILEmitter il, int parameters, FunctionShape shape)
    {
        string? tooLarge = Exceeds("compiler's work", WorkOf(il), MaximumWork)
            ?? Exceeds("locals", il.Locals + parameters, MaximumCompiledLocals);
        if (tooLarge is not null)
        {
            return new Verdict(CompilationTier.Interpreted, tooLarge);
        }

        string? unoptimized = Exceeds("IL bytes", il.Bytes, MaximumBytes)
            ?? Exceeds("IL instructions", il.Instructions, MaximumInstructions)
            ?? Exceeds("basic blocks", il.Blocks, MaximumBlocks)
            ?? Exceeds("locals", il.Locals + parameters, MaximumLocals)
            ?? Exceeds("local references", il.LocalReferences, MaximumReferences);
        return unoptimized is null ? JudgeShape(shape) : new Verdict(CompilationTier.Unoptimized, unoptimized);
    }

    /// <summary>Whether a function is short enough to be emitted together with others.</summary>
    /// <param name="scan">What is known of the function.</param>
    /// <param name="type">Its type.</param>
    public static bool IsShort(FunctionScan scan, FunctionType type) =>
        LeastWorkOf(scan.Shape, type) <= MaximumInstructions;

    /// <summary>Whether so much was emitted that the rest need not be.</summary>
    public static bool IsTooMuch(ILEmitter il) => WorkOf(il) > MaximumWork;

    private static Verdict JudgeShape(FunctionShape shape)
    {
        string? reason = Exceeds("nested loops", shape.LoopDepth, LoopVariables.MaximumDepth)
            ?? Exceeds("loops", shape.Loops, MaximumLoops)
            ?? Exceeds("branches back", shape.BranchesBack, MaximumBranchesBack)
            ?? Exceeds("branches to one block", shape.MostBranchesToOne, MaximumBranchesToOne)
            ?? Exceeds("branch targets", shape.TableTargets, MaximumTargets)
            ?? Exceeds("tables × branch targets", shape.Tables * shape.TableTargets, MaximumTablesTimesTargets);
        return reason is null ? Verdict.Optimized : new Verdict(CompilationTier.Unoptimized, reason);
    }

    private static long WorkOf(ILEmitter il) =>
        il.Instructions + ((long)il.Calls * WorkOfCall) + (il.SwitchTargets * WorkOfTarget);

    private static long LeastWorkOf(FunctionShape shape, FunctionType type) =>
        shape.Instructions
        + ((long)shape.Calls * WorkOfCall)
        + ((long)shape.IndirectCalls * LeastWorkOfIndirectCall)
        + (shape.TableTargets * WorkOfTarget)
        + ((shape.Values + ((long)shape.Returns * type.Results.Length)) * LeastWorkOfValue);

    private static string? Exceeds(string name, long actual, long limit) =>
        actual > limit ? $"{name}: {actual} > {limit}" : null;
}

using Plugins.Wasm.Binary;
using Plugins.Wasm.Diagnostics;
using Plugins.Wasm.Emit.Functions;
using Plugins.Wasm.Emit.Outlining;
using Plugins.Wasm.IL;
using Plugins.Wasm.Runtime.Interpretation;
using Plugins.Wasm.Scanning;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Emit;

/// <summary>Decides how a function that is too large to be optimised is cut into methods.</summary>
/// <remarks>
/// Nothing is kept of what it tries: intermediate language is only counted. RATIONALE.md, "Why cut functions into
/// methods?".
/// </remarks>
internal sealed class FunctionCutter(ModuleScope scope, ModuleOptions options)
{
    // Of what a method may be. Calls of regions take more than the planner says, and what a region needs besides.
    private static readonly double[] s_attempts = [0.95, 0.7, 0.45];

    // Of the limit: some 80 references to locals, about three times what a call takes.
    private const double LeastPart = 0.01;

    // What has more is a dispatcher, into which and out of which most locals go at every turn.
    private const int MaximumExits = 4;

    private const int InstructionsOfOutput = 4;

    private BinaryModule Binary => scope.Binary;

    /// <summary>Whether a function is cut although it could be optimised, if anything of it is worth it.</summary>
    public bool MayForce(EmittedFunction function) =>
        options.OutlinesAt > 0 && function.Scan.Shape.Instructions >= options.OutlinesAt / 2;

    /// <summary>Finds the regions of a function.</summary>
    /// <param name="function">The function, judged by its body.</param>
    /// <param name="loop">The offset of the loop that it is entered at; null where it is called.</param>
    /// <returns>Null where it is not cut.</returns>
    public OutlinePlan? Cut(EmittedFunction function, int? loop)
    {
        if (!MayCut(function))
        {
            return null;
        }

        var cuts = new CutPoints();
        var il = new ILEmitter(new ILCounter());
        FunctionScan scan = FunctionScan.Of(Binary, function.Index);
        FunctionEmitter.Emit(
            scope, function.Index + Binary.ImportedFunctionCount, scan, il, isMeasured: true, loop, cuts: cuts);
        Verdict verdict = function.Verdict.And(JitBudget.Judge(il, ParametersOf(function), scan));
        bool isWanted = verdict.Tier == CompilationTier.Unoptimized
            || (MayForce(function) && verdict.Tier == CompilationTier.Optimized);
        return isWanted && !cuts.IsRefused
            && LocalLiveness.Of(Binary, BodyOf(function), scan.UsedLocals) is LocalLiveness liveness
            ? Cut(function, loop, cuts, il.Size, liveness)
            : null;
    }

    private OutlinePlan? Cut(
        EmittedFunction function, int? loop, CutPoints cuts, CodeSize whole, LocalLiveness liveness)
    {
        OutlinePlan? plan = null;
        foreach (double part in s_attempts)
        {
            plan = TryCut(function, loop, cuts, part, whole, liveness) ?? plan;
            if (plan is not null && IsOptimized(function, loop, plan))
            {
                return plan;
            }
        }

        return plan;
    }

    private bool MayCut(EmittedFunction function)
    {
        FunctionScan scan = function.Scan;
        FunctionType type = TypeOf(function);
        return function.Verdict.Tier != CompilationTier.Interpreted
            && (scan.IsLarge || MayForce(function))
            && !scan.HasCostlyLoops
            && !scan.HasManyTables
            && type.Results.Length <= Outline.MaximumOperands
            && !type.Results.Any(kind => kind.IsReference);
    }

    private OutlinePlan? TryCut(
        EmittedFunction function, int? loop, CutPoints cuts, double part, CodeSize whole, LocalLiveness liveness)
    {
        OutlineOptions sizes = options.OutlinesAt > 0
            ? new OutlineOptions(new CodeSize(int.MaxValue, options.OutlinesAt, int.MaxValue, int.MaxValue), 0)
            : new OutlineOptions(JitBudget.OptimizerLimit.Times(part), LeastPart);
        var locals = new LocalSlots(TypeOf(function), BodyOf(function), function.Scan.UsedLocals);
        List<CodeStretch> stretches = OutlinePlanner.Plan(
            cuts.Points, whole, sizes, IsColdIn(function), loop, liveness, stretch => IsWorthIt(stretch, locals));
        return stretches.Count > 0
            ? new OutlinePlan(OutlinePlanner.Nest(stretches), SlotsFor(function, stretches, locals, cuts))
            : null;
    }

    /// <summary>Wide enough for all that leaves a region: locals, and what branches and returns take along.</summary>
    private SlotLayout SlotsFor(
        EmittedFunction function, List<CodeStretch> stretches, LocalSlots locals, CutPoints cuts)
    {
        bool hasVectors = cuts.CarryVectors
            || TypeOf(function).Results.Any(kind => kind == ValueKind.V128)
            || stretches.Exists(code => code.Outputs.Any(local => locals.KindOf(local) == ValueKind.V128));
        return hasVectors ? SlotLayout.Vectors : SlotLayout.Numbers;
    }

    private Func<int, int, bool> IsColdIn(EmittedFunction function) =>
        scope.Module.Interpretation.NotesOf(function.Index) is CodeNotes notes ? notes.IsCold : (_, _) => false;

    private bool IsWorthIt(CodeStretch code, LocalSlots locals)
    {
        int crossing = code.Inputs.Length + (InstructionsOfOutput * code.Outputs.Length);
        return code.Inputs.Length <= OutlinePlanner.MaximumCrossing
            && code.Outputs.Length <= OutlinePlanner.MaximumCrossing
            && (options.OutlinesAt > 0 || (crossing * 2 <= code.Size && code.Exits <= MaximumExits))
            && !code.Outputs.Any(local => locals.KindOf(local).IsReference);
    }

    private bool IsOptimized(EmittedFunction function, int? loop, OutlinePlan plan)
    {
        var outline = new CountedOutline(plan);
        var il = new ILEmitter(new ILCounter());
        FunctionShape shape = FunctionEmitter.Emit(
            scope,
            function.Index + Binary.ImportedFunctionCount,
            FunctionScan.Of(Binary, function.Index),
            il,
            isMeasured: true,
            loop,
            outline);
        return JitBudget.JudgeMethod(il, ParametersOf(function), shape).Tier == CompilationTier.Optimized
            && outline.Methods.All(method => JitBudget
                .JudgeMethod(method.IL, method.Parameters.Count, method.Shape).Tier == CompilationTier.Optimized);
    }

    private int ParametersOf(EmittedFunction function) => TypeOf(function).Parameters.Length;

    private FunctionBody BodyOf(EmittedFunction function) => Binary.Bodies[function.Index];

    private FunctionType TypeOf(EmittedFunction function) =>
        Binary.TypeOfFunction(function.Index + Binary.ImportedFunctionCount);

}

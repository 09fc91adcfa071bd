using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Diagnostics;
using Plugins.Wasm.Emit.Functions;
using Plugins.Wasm.Emit.Gates;
using Plugins.Wasm.IL;
using Plugins.Wasm.Runtime;
using Plugins.Wasm.Runtime.Code;
using Plugins.Wasm.Runtime.Tiering;
using Plugins.Wasm.Scanning;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Emit;

/// <summary>Emits functions as static methods of one collectible assembly, and has the runtime compile them.</summary>
/// <remarks>
/// Small functions that are compiled together may call each other directly. A large one is compiled by itself, and
/// nothing calls it directly before its frame was measured: one that is too large to enter unasked is thrown away.
/// </remarks>
[RequiresDynamicCode("Functions are compiled to .NET code while the application runs.")]
internal sealed class FunctionCompiler : IFunctionCompiler
{
    /// <summary>The largest frame that may be entered without looking whether it fits.</summary>
    /// <remarks>Below the stack's limit there are 128 KiB, of which what the function calls needs some.</remarks>
    private const int MaximumFrame = 48 * 1024;

    // A stack of that size only takes address space until it is used.
    private const int MaximumFrameBound = 64 << 20;

    private const int MethodsPerType = 4_096;

    private readonly Module _module;
    private readonly ModuleOptions _options;

    // Made when something is compiled, long after the first result.
    private ModuleScope? _scope;
    private ModuleBuilder? _builder;
    private int _types;

    /// <param name="module">The module.</param>
    /// <param name="options">How it is compiled.</param>
    public FunctionCompiler(Module module, ModuleOptions options)
    {
        _module = module;
        _options = options;
    }

    private ModuleScope Scope => _scope ??= new ModuleScope(_module);

    private BinaryModule Binary => _module.Binary;

    public IReadOnlyList<int> CalleesOf(int function)
    {
        List<int> callees = [];
        var reader = new CodeReader(Binary, Binary.Bodies[function]);
        while (reader.Read(out Instruction instruction))
        {
            int callee = (int)instruction.Index - Binary.ImportedFunctionCount;
            if (instruction.Opcode == Opcode.Call && callee >= 0)
            {
                callees.Add(callee);
            }

            reader.SkipTargets(instruction);
        }

        return callees;
    }

    public IEnumerable<CompilationOutcome> Compile(
        IReadOnlyList<int> functions, CancellationToken cancellationToken)
    {
        List<EmittedFunction> together = [];
        foreach (int function in functions)
        {
            cancellationToken.ThrowIfCancellationRequested();
            EmittedFunction next = Judge(function);
            bool isSmall = IsSmall(next);
            if (!isSmall || together.Count == MethodsPerType)
            {
                foreach (CompilationOutcome outcome in CompileTogether(together, cancellationToken))
                {
                    yield return outcome;
                }

                together.Clear();
            }

            if (isSmall)
            {
                together.Add(next);
            }
            else
            {
                yield return CompileAlone(next, loop: null);
            }
        }

        foreach (CompilationOutcome outcome in CompileTogether(together, cancellationToken))
        {
            yield return outcome;
        }
    }

    public CompilationOutcome CompileLoop(int function, int loop) => CompileAlone(Judge(function), loop);

    private EmittedFunction Judge(int function)
    {
        FunctionBody body = Binary.Bodies[function];
        FunctionScan scan = FunctionScan.Of(Binary, body, _options.AssumesHugeFunctions);
        Verdict verdict = Scope.Budget.Refusal is string refusal
            ? new Verdict(CompilationTier.Interpreted, refusal)
            : JitBudget.JudgeBody(scan, body, TypeOf(function));
        return new EmittedFunction(function, scan, verdict);
    }

    private bool IsSmall(EmittedFunction function) =>
        function.Verdict.Tier != CompilationTier.Interpreted
        && JitBudget.IsShort(function.Scan, TypeOf(function.Index))
        && FrameBound.IsSmall(TypeOf(function.Index), Binary.Bodies[function.Index], function.Scan);

    private List<CompilationOutcome> CompileTogether(
        List<EmittedFunction> functions, CancellationToken cancellationToken)
    {
        List<CompilationOutcome> outcomes = [];
        if (functions.Count == 0)
        {
            return outcomes;
        }

        long start = Stopwatch.GetTimestamp();
        try
        {
            System.Reflection.Module code = EmitTogether(functions);
            TimeSpan emitting = Stopwatch.GetElapsedTime(start) / functions.Count;
            foreach (EmittedFunction function in functions)
            {
                cancellationToken.ThrowIfCancellationRequested();
                outcomes.Add(Finish(function, code, emitting));
            }
        }
        catch (OperationCanceledException)
        {
            // Whoever called one of them directly would compile what is left out, on the thread of a guest's call.
            functions.ForEach(function => Scope.SetMethod(function.Index, null));
            throw;
        }
        catch (ModuleLimitException limit)
        {
            outcomes.Clear();
            outcomes.AddRange(functions.Select(function => Refuse(function, loop: null, ReasonOf(limit), start)));
        }

        return outcomes;
    }

    private System.Reflection.Module EmitTogether(List<EmittedFunction> functions)
    {
        TypeBuilder type = DefineType();
        foreach (EmittedFunction function in functions)
        {
            function.Method = DefineMethod(type, function.Index, Backtrace.FunctionPrefix, loop: null);
            Scope.SetMethod(function.Index, function.Method);
        }

        foreach (EmittedFunction function in functions)
        {
            Emit(function, loop: null, isMeasured: false);
        }

        System.Reflection.Module code = Create(type);
        PrepareCalls(functions);
        return code;
    }

    private CompilationOutcome CompileAlone(EmittedFunction function, int? loop)
    {
        long start = Stopwatch.GetTimestamp();
        if (function.Verdict.Tier == CompilationTier.Interpreted)
        {
            return Refuse(function, loop, function.Verdict.Reason, start);
        }

        try
        {
            bool isMeasured = !IsSmall(function);
            TypeBuilder type = DefineType();
            function.Method = DefineMethod(type, function.Index, Backtrace.FunctionPrefix, loop);
            if (loop is null)
            {
                Scope.SetMethod(function.Index, function.Method);
            }

            Emit(function, loop, isMeasured);
            if (function.Verdict.Tier == CompilationTier.Interpreted)
            {
                return Refuse(function, loop, function.Verdict.Reason, start);
            }

            long bound = FrameBound.Of(function.IL!, TypeOf(function.Index));
            MethodBuilder? probe = isMeasured ? DefineProbe(type, function, loop) : null;
            if (bound > MaximumFrameBound)
            {
                return Refuse(function, loop, $"frame: {bound} bytes at the most", start);
            }

            System.Reflection.Module code = Create(type);
            PrepareCalls([function]);
            CompilationOutcome outcome = Finish(function, code, Stopwatch.GetElapsedTime(start));
            int frame = probe is null ? 0 : Measure(code, probe, (int)bound);
            return frame <= MaximumFrame
                ? outcome with { FrameBytes = frame }
                : Refuse(function, loop, $"frame: {frame} bytes > {MaximumFrame}", start);
        }
        catch (ModuleLimitException limit)
        {
            return Refuse(function, loop, ReasonOf(limit), start);
        }
    }

    private static string ReasonOf(ModuleLimitException limit) => $"{limit.Limit}: {limit.Actual} > {limit.Allowed}";

    private CompilationOutcome Refuse(EmittedFunction function, int? loop, string? reason, long start)
    {
        if (loop is null)
        {
            Scope.SetMethod(function.Index, null);
        }

        return new CompilationOutcome(function.Index, CompilationTier.Interpreted)
        {
            Reason = reason, Time = Stopwatch.GetElapsedTime(start),
        };
    }

    private static CompilationOutcome Finish(EmittedFunction function, System.Reflection.Module code, TimeSpan emitting)
    {
        long start = Stopwatch.GetTimestamp();
        RuntimeMethodHandle handle = Resolve(code, function.Method!).MethodHandle;
        RuntimeHelpers.PrepareMethod(handle);
        return new CompilationOutcome(function.Index, function.Verdict.Tier)
        {
            Reason = function.Verdict.Reason,
            Address = handle.GetFunctionPointer(),
            ILBytes = function.IL!.Bytes,
            Time = emitting + Stopwatch.GetElapsedTime(start),
        };
    }

    private static int Measure(System.Reflection.Module code, MethodBuilder probe, int bound) =>
        FrameProbe.Measure(((MethodInfo)Resolve(code, probe)).CreateDelegate<Action>(), bound);

    /// <summary>Makes what calls from and to the functions need.</summary>
    private void PrepareCalls(List<EmittedFunction> functions)
    {
        foreach (EmittedFunction function in functions)
        {
            Scope.Called.Add(Scope.Module.TypeIdentityOf(function.Index + Binary.ImportedFunctionCount));
        }

        foreach (TypeIdentity identity in Scope.Called)
        {
            identity.PrepareForCode();
        }

        Scope.Called.Clear();
    }

    private void Emit(EmittedFunction function, int? loop, bool isMeasured)
    {
        FunctionBody body = Binary.Bodies[function.Index];
        function.Method!.InitLocals = function.Scan.UsedLocals.Count > FrameEmitter.MaximumExplicitZeros;
        var il = new ILEmitter(function.Method.GetILGenerator(body.End - body.Start));
        function.IL = il;
        FunctionEmitter.Emit(
            Scope, function.Index + Binary.ImportedFunctionCount, function.Scan, il, isMeasured, loop);
        Scope.Budget.Take(il.Bytes);
        function.Verdict = function.Verdict.And(
            JitBudget.Judge(il, TypeOf(function.Index).Parameters.Length, function.Scan));
        if (function.Verdict.Tier != CompilationTier.Optimized)
        {
            function.Method.SetImplementationFlags(
                MethodImplAttributes.IL | MethodImplAttributes.NoInlining | MethodImplAttributes.NoOptimization);
        }
    }

    private TypeBuilder DefineType()
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"Functions{_types++}");
        TypeBuilder type = DynamicCode.DefineStaticClass(
            _builder ??= DynamicCode.DefineModule("Plugins.Wasm.Guest"), name);
        type.SetCustomAttribute(s_hidden);
        return type;
    }

    private System.Reflection.Module Create(TypeBuilder type)
    {
        // Of the type that was made: its builder's assembly is another object.
        System.Reflection.Module code = type.CreateType().Module;
        Backtrace.Register(code.Assembly, Scope.Module);
        return code;
    }

    private MethodBuilder DefineMethod(TypeBuilder type, int function, string prefix, int? loop)
    {
        FunctionType signature = TypeOf(function);
        MethodBuilder method = type.DefineMethod(
            NameOf(prefix, function),
            MethodAttributes.Public | MethodAttributes.Static,
            loop is null ? Signature.ReturnTypeOf(signature) : typeof(void),
            loop is null ? Signature.ParametersOf(signature, typeof(Instance)) : LoopTransfer.Parameters);

        // Inlining would make frames larger than measured and backtraces incomplete.
        method.SetImplementationFlags(MethodImplAttributes.IL | MethodImplAttributes.NoInlining);
        return method;
    }

    private MethodBuilder DefineProbe(TypeBuilder type, EmittedFunction function, int? loop)
    {
        MethodBuilder probe = type.DefineMethod(
            NameOf("probe", function.Index), MethodAttributes.Public | MethodAttributes.Static, typeof(void), []);
        ProbeEmitter.Emit(probe, function.Method!, loop is null ? TypeOf(function.Index) : null);
        return probe;
    }

    private FunctionType TypeOf(int function) => Binary.TypeOfFunction(function + Binary.ImportedFunctionCount);

    // A frame's name is the function's index in the module: Backtrace reads it.
    private string NameOf(string prefix, int function) =>
        string.Create(CultureInfo.InvariantCulture, $"{prefix}{function + Binary.ImportedFunctionCount}");

    [UnconditionalSuppressMessage(
        "Trimming", "IL2026", Justification = "Trimming does not see emitted code, so it leaves its tokens alone.")]
    private static MethodBase Resolve(System.Reflection.Module code, MethodBuilder method) =>
        code.ResolveMethod(method.MetadataToken)!;

    // A thousand parameters make a frame ten thousand characters long, and ten thousand calls can nest: no stack trace
    // that passes through a guest may show them. Backtraces do, within limits.
    private static readonly CustomAttributeBuilder s_hidden =
        new(typeof(StackTraceHiddenAttribute).GetConstructor([])!, []);
}

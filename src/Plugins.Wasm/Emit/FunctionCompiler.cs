using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Diagnostics;
using Plugins.Wasm.Emit.Functions;
using Plugins.Wasm.Emit.Frames;
using Plugins.Wasm.Emit.Outlining;
using Plugins.Wasm.IL;
using Plugins.Wasm.Runtime;
using Plugins.Wasm.Runtime.Code;
using Plugins.Wasm.Runtime.Tiering;
using Plugins.Wasm.Scanning;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Emit;

/// <summary>Emits functions as static methods of one collectible assembly, and has the runtime compile them.</summary>
/// <remarks>
/// Small functions that are compiled together may call each other directly. A large one gets a type of its own, and
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

    // Most of those that need a type of their own have more code than this.
    private const int LikelyLargeBytes = 1_024;

    // Not that of a function: backtraces have one frame for all methods of one.
    private const string RegionPrefix = "region";

    // Nothing stops the compiler within a method, and a function can be cut into a thousand.
    private static readonly TimeSpan s_maximumTime = TimeSpan.FromSeconds(5);

    private readonly Module _module;
    private readonly ModuleOptions _options;

    // Made when something is compiled, long after the first result.
    private ModuleScope? _scope;
    private ModuleBuilder? _builder;
    private FunctionCutter? _cutter;
    private Type? _numberSlots;
    private Type? _vectorSlots;
    private int _types;

    /// <param name="module">The module.</param>
    /// <param name="options">How it is compiled.</param>
    public FunctionCompiler(Module module, ModuleOptions options)
    {
        _module = module;
        _options = options;
    }

    private ModuleScope Scope => _scope ??= new ModuleScope(_module);

    private ModuleBuilder Builder => _builder ??= DynamicCode.DefineModule("Plugins.Wasm.Guest");

    private FunctionCutter Cutter => _cutter ??= new FunctionCutter(Scope, _options);

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

    public bool IsLikelyLarge(int function) =>
        Binary.Bodies[function].End - Binary.Bodies[function].Start > LikelyLargeBytes;

    public IReadOnlyList<CompilationOutcome> Compile(
        IReadOnlyList<int> functions, int threads, CancellationToken cancellationToken)
    {
        List<EmittedFunction> emitted = [];
        CompilationOutcome[] outcomes = [];
        bool isDone = false;
        try
        {
            Emit(functions, emitted, cancellationToken);
            outcomes = new CompilationOutcome[emitted.Count];
            CompilationQueue.ForEach(emitted.Count, threads, i =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                outcomes[i] = Finish(emitted[i], cancellationToken);
            });
            isDone = true;
            return outcomes;
        }
        finally
        {
            // Only what has code is called directly: a call of anything else would compile it, on a guest's thread.
            for (int i = 0; i < emitted.Count; i++)
            {
                bool hasCode = isDone && outcomes[i].Address != 0;
                Scope.SetMethod(emitted[i].Index, hasCode ? emitted[i].Method : null);
            }
        }
    }

    public CompilationOutcome CompileLoop(int function, int loop)
    {
        EmittedFunction emitted = Judge(function);
        EmitAlone(emitted, loop);
        PrepareCalls();
        return Finish(emitted, CancellationToken.None);
    }

    private void Emit(IReadOnlyList<int> functions, List<EmittedFunction> emitted, CancellationToken cancellationToken)
    {
        foreach (int function in functions)
        {
            cancellationToken.ThrowIfCancellationRequested();
            emitted.Add(Judge(function));
        }

        List<EmittedFunction> small = emitted.FindAll(function => IsSmall(function) && !Cutter.MayForce(function));
        EmitTogether(small, cancellationToken);
        foreach (EmittedFunction large in emitted.Except(small))
        {
            cancellationToken.ThrowIfCancellationRequested();
            EmitAlone(large, loop: null);
        }

        PrepareCalls();
    }

    private EmittedFunction Judge(int function)
    {
        FunctionBody body = Binary.Bodies[function];
        FunctionScan scan = FunctionScan.Of(Binary, function, _options.AssumesHugeFunctions);
        Verdict verdict = Scope.Budget.Refusal is string refusal
            ? new Verdict(CompilationTier.Interpreted, refusal)
            : scan.HasTailCalls ? new Verdict(CompilationTier.Interpreted, "tail calls")
            : JitBudget.JudgeBody(scan, body, TypeOf(function));
        return new EmittedFunction(function, scan, verdict);
    }

    private bool IsSmall(EmittedFunction function) =>
        function.Verdict.Tier != CompilationTier.Interpreted
        && JitBudget.IsShort(function.Scan, TypeOf(function.Index))
        && FrameBound.IsSmall(TypeOf(function.Index), Binary.Bodies[function.Index], function.Scan);

    private void EmitTogether(List<EmittedFunction> functions, CancellationToken cancellationToken)
    {
        if (functions.Count == 0)
        {
            return;
        }

        long start = Stopwatch.GetTimestamp();
        try
        {
            TypeBuilder type = DefineType();
            foreach (EmittedFunction function in functions)
            {
                function.Method = DefineMethod(type, function.Index, Backtrace.FunctionPrefix, loop: null);
                Scope.SetMethod(function.Index, function.Method);
            }

            foreach (EmittedFunction function in functions)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Emit(function, loop: null, isMeasured: false);
            }

            System.Reflection.Module code = Create(type, functions);
            functions.ForEach(function => function.Code = code);
        }
        catch (ModuleLimitException limit)
        {
            functions.ForEach(function => Refuse(function, ReasonOf(limit)));
            functions.ForEach(function => Scope.SetMethod(function.Index, null));
        }

        TimeSpan each = Stopwatch.GetElapsedTime(start) / functions.Count;
        functions.ForEach(function => function.Time = each);
    }

    private void EmitAlone(EmittedFunction function, int? loop)
    {
        if (function.Verdict.Tier == CompilationTier.Interpreted)
        {
            return;
        }

        long start = Stopwatch.GetTimestamp();
        try
        {
            EmitMeasured(function, loop);
        }
        catch (ModuleLimitException limit)
        {
            Refuse(function, ReasonOf(limit));
        }

        function.Time = Stopwatch.GetElapsedTime(start);
    }

    private void EmitMeasured(EmittedFunction function, int? loop)
    {
        bool isMeasured = !IsSmall(function);
        OutlinePlan? plan = Cutter.Cut(function, loop);
        TypeBuilder type = DefineType();
        function.Method = DefineMethod(type, function.Index, Backtrace.FunctionPrefix, loop);
        function.Outline = plan is null ? null : new EmittedOutline(
            plan, type, StructureOf(plan.Slots), NameOf(RegionPrefix, function.Index), function.Scan);
        if (loop is null)
        {
            // It may call itself. Others may not before its frame was measured.
            Scope.SetMethod(function.Index, function.Method);
            Emit(function, loop, isMeasured);
            Scope.SetMethod(function.Index, null);
        }
        else
        {
            Emit(function, loop, isMeasured);
        }

        if (function.Verdict.Tier == CompilationTier.Interpreted)
        {
            return;
        }

        DefineProbes(type, function, loop, isMeasured);
        if (function.Verdict.Tier != CompilationTier.Interpreted)
        {
            function.Code = Create(type, [function]);
        }
    }

    /// <summary>What leaves a part of a function passes through one of these in the frame of its caller.</summary>
    private Type StructureOf(SlotLayout slots) => slots.HasVectors
        ? _vectorSlots ??= DynamicCode.DefineStructure(Builder, "VectorSlots", slots.StructureBytes)
        : _numberSlots ??= DynamicCode.DefineStructure(Builder, "Slots", slots.StructureBytes);

    private static string ReasonOf(ModuleLimitException limit) => $"{limit.Limit}: {limit.Actual} > {limit.Allowed}";

    private static void Refuse(EmittedFunction function, string reason) =>
        function.Verdict = new Verdict(CompilationTier.Interpreted, reason);

    /// <summary>Has the runtime compile a function; on any thread.</summary>
    private static CompilationOutcome Finish(EmittedFunction function, CancellationToken cancellationToken)
    {
        if (function.Verdict.Tier == CompilationTier.Interpreted)
        {
            return Outcome(function, function.Time);
        }

        long start = Stopwatch.GetTimestamp();

        // Callees first: calls of what is compiled are direct.
        foreach (OutlinedMethod method in function.Outline?.Methods ?? [])
        {
            cancellationToken.ThrowIfCancellationRequested();
            RuntimeHelpers.PrepareMethod(Resolve(function.Code!, (MethodBuilder)method.Method).MethodHandle);
            if (Stopwatch.GetElapsedTime(start) > s_maximumTime)
            {
                Refuse(function, $"time: more than {s_maximumTime.TotalSeconds} s for {CountOf(function)} methods");
                return Outcome(function, function.Time + Stopwatch.GetElapsedTime(start));
            }
        }

        RuntimeMethodHandle handle = Resolve(function.Code!, function.Method!).MethodHandle;
        RuntimeHelpers.PrepareMethod(handle);
        int? frame = 0;
        foreach ((MethodBuilder probe, int bound) in function.Probes)
        {
            // Null, once there was no memory for one of them, stays.
            frame = Measure(function.Code!, probe, bound) is int bytes && frame is int largest
                ? Math.Max(largest, bytes)
                : null;
        }

        TimeSpan time = function.Time + Stopwatch.GetElapsedTime(start);
        if (frame is null or > MaximumFrame)
        {
            string bytes = frame is null ? "no memory for entering it" : $"{frame} bytes > {MaximumFrame}";
            Refuse(function, $"frame: {bytes}");
            return Outcome(function, time);
        }

        return Outcome(function, time) with
        {
            Address = handle.GetFunctionPointer(),
            ILBytes = function.IL!.Bytes + (function.Outline?.Methods.Sum(method => method.IL.Bytes) ?? 0),
            Methods = CountOf(function),
            FrameBytes = frame.Value,
        };
    }

    private static int CountOf(EmittedFunction function) => 1 + (function.Outline?.Methods.Count ?? 0);

    private static CompilationOutcome Outcome(EmittedFunction function, TimeSpan time) =>
        new(function.Index, function.Verdict.Tier) { Reason = function.Verdict.Reason, Time = time };

    private static int? Measure(System.Reflection.Module code, MethodBuilder probe, int bound) =>
        FrameProbe.Measure(((MethodInfo)Resolve(code, probe)).CreateDelegate<Action>(), bound);

    /// <summary>Makes what calls from and to the functions need.</summary>
    private void PrepareCalls()
    {
        foreach ((TypeIdentity identity, bool passesFuel) in Scope.Called)
        {
            identity.PrepareForCode(passesFuel);
        }

        Scope.Called.Clear();
    }

    private void Emit(EmittedFunction function, int? loop, bool isMeasured)
    {
        FunctionBody body = Binary.Bodies[function.Index];
        int index = function.Index + Binary.ImportedFunctionCount;
        Scope.Called.Add((_module.TypeIdentityOf(index), _module.PassesFuel(index)));
        function.Method!.InitLocals = function.Scan.UsedLocals.Count > FrameEmitter.MaximumExplicitZeros;
        var il = new ILEmitter(function.Method.GetILGenerator(body.End - body.Start));
        function.IL = il;
        FunctionShape shape = FunctionEmitter.Emit(
            Scope, index, function.Scan, il, isMeasured, loop, function.Outline);
        Scope.Budget.Take(il.Bytes);
        int parameters = TypeOf(function.Index).Parameters.Length;
        function.Verdict = function.Outline is null
            ? function.Verdict.And(JitBudget.Judge(il, parameters, function.Scan))
            : JitBudget.JudgeMethod(il, parameters, shape);
        MarkUnoptimized(function.Method, function.Verdict);
        foreach (OutlinedMethod method in function.Outline?.Methods ?? [])
        {
            Scope.Budget.Take(method.IL.Bytes);
            Verdict verdict = JitBudget.JudgeMethod(method.IL, method.Parameters.Count, method.Shape);
            MarkUnoptimized((MethodBuilder)method.Method, verdict);
            function.Verdict = function.Verdict.And(verdict);
        }
    }

    private static void MarkUnoptimized(MethodBuilder method, Verdict verdict)
    {
        if (verdict.Tier != CompilationTier.Optimized)
        {
            method.SetImplementationFlags(
                MethodImplAttributes.IL | MethodImplAttributes.NoInlining | MethodImplAttributes.NoOptimization);
        }
    }

    private TypeBuilder DefineType()
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"Functions{_types++}");
        TypeBuilder type = DynamicCode.DefineStaticClass(Builder, name);
        type.SetCustomAttribute(s_hidden);
        return type;
    }

    private System.Reflection.Module Create(TypeBuilder type, IEnumerable<EmittedFunction> functions)
    {
        // Of the type that was made: its builder's assembly is another object.
        System.Reflection.Module code = type.CreateType().Module;
        EmittedCode emitted = Backtrace.Register(code.Assembly, Scope.Module);
        foreach (EmittedFunction function in functions)
        {
            emitted.Add(function.Method!.MetadataToken, function.IL!.Origins);
            foreach (OutlinedMethod method in function.Outline?.Methods ?? [])
            {
                emitted.Add(method.Method.MetadataToken, method.IL.Origins);
            }
        }

        return code;
    }

    private MethodBuilder DefineMethod(TypeBuilder type, int function, string prefix, int? loop)
    {
        FunctionType signature = TypeOf(function);
        bool passesFuel = PassesFuel(function, loop);
        MethodBuilder method = type.DefineMethod(
            NameOf(prefix, function),
            MethodAttributes.Public | MethodAttributes.Static,
            loop is null ? Signature.ReturnTypeOf(signature, passesFuel) : typeof(void),
            ParametersOf(function, loop));

        // Inlining would make frames larger than measured and backtraces incomplete.
        method.SetImplementationFlags(MethodImplAttributes.IL | MethodImplAttributes.NoInlining);
        return method;
    }

    private void DefineProbes(TypeBuilder type, EmittedFunction function, int? loop, bool isMeasured)
    {
        if (isMeasured)
        {
            FunctionType signature = TypeOf(function.Index);
            bool hasResult = loop is null && (signature.Results.Length > 0 || PassesFuel(function.Index, loop));
            int depth = loop is null ? signature.Parameters.Length + 1 : LoopTransfer.Parameters.Length - 1;
            DefineProbe(
                type, function, function.Method!, function.IL!, ParametersOf(function.Index, loop), depth, hasResult);
        }

        foreach (OutlinedMethod method in function.Outline?.Methods ?? [])
        {
            if (method.IsMeasured)
            {
                DefineProbe(
                    type,
                    function,
                    method.Method,
                    method.IL,
                    method.Parameters,
                    depth: method.Parameters.Count - 1,
                    hasResult: true);
            }
        }
    }

    private static void DefineProbe(
        TypeBuilder type,
        EmittedFunction function,
        MethodInfo method,
        ILEmitter il,
        IReadOnlyList<Type> parameters,
        int depth,
        bool hasResult)
    {
        long bound = FrameBound.Of(il, parameters.Count);
        if (bound > MaximumFrameBound)
        {
            Refuse(function, $"frame: {bound} bytes at the most");
            return;
        }

        MethodBuilder probe = type.DefineMethod(
            $"probe_{method.Name}", MethodAttributes.Public | MethodAttributes.Static, typeof(void), []);
        ProbeEmitter.Emit(probe, method, parameters, depth, hasResult);
        function.Probes.Add((probe, (int)bound));
    }

    private Type[] ParametersOf(int function, int? loop) => loop is null
        ? Signature.ParametersOf(TypeOf(function), typeof(Instance), PassesFuel(function, loop))
        : LoopTransfer.Parameters;

    private bool PassesFuel(int function, int? loop) =>
        loop is null && _module.PassesFuel(function + Binary.ImportedFunctionCount);

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

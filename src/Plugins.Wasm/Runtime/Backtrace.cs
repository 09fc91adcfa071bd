using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Diagnostics;
using Plugins.Wasm.Runtime.Code;
using Plugins.Wasm.Runtime.Interpretation;

namespace Plugins.Wasm.Runtime;

/// <summary>Reads guest frames out of an exception's stack trace.</summary>
internal static class Backtrace
{
    /// <summary>Begins the name of every function's method; its index follows.</summary>
    internal const string FunctionPrefix = "f";

    /// <summary>The most frames a backtrace has.</summary>
    internal const int MaximumFrames = 64;

    // Bytes of code that are translated once more to tell offsets, for each trap. Functions past it have none.
    private const int OffsetBudget = 1 << 16;

    // Weak on both sides: a module that nobody uses can go although it is registered.
    private static readonly ConditionalWeakTable<Assembly, EmittedCode> s_codes = [];

    /// <summary>Says which module an assembly has functions of.</summary>
    public static EmittedCode Register(Assembly emitted, Module module) =>
        s_codes.GetValue(emitted, _ => new EmittedCode(module));

    [UnconditionalSuppressMessage(
        "Trimming", "IL2026", Justification = "Only emitted methods are looked for, and trimming does not see those.")]
    public static IReadOnlyList<WasmFrame> Read(
        Exception exception, InterpretedCalls calls, int? innermostOffset)
    {
        var trace = new StackTrace(exception, fNeedFileInfo: false);
        var frames = new List<WasmFrame>();
        int interpreted = 0, budget = OffsetBudget;
        RegionOffset? region = null;
        for (int i = 0; i < trace.FrameCount; i++)
        {
            StackFrame? frame = trace.GetFrame(i);
            MethodBase? method = frame?.GetMethod();
            if (IsInterpreter(method))
            {
                AddRun(frames, calls.All, ref interpreted, ref budget);
            }
            else if (method is not null && s_codes.TryGetValue(method.Module.Assembly, out EmittedCode? code))
            {
                int? offset = code.CallAt(method.MetadataToken, frame!.GetILOffset());
                if (ReadFunction(method) is int function)
                {
                    // Of a function that was cut, the innermost of its methods knows.
                    offset = region is null ? offset : region.Value.Offset;
                    frames.Add(FrameOf(code.Module, function) with { Offset = offset });
                    region = null;
                }
                else
                {
                    region ??= new RegionOffset(offset);
                }
            }
        }

        // Compiled ahead of time, the trace does not tell its methods; then there is nothing but runs.
        while (interpreted < calls.All.Count)
        {
            AddRun(frames, calls.All, ref interpreted, ref budget);
        }

        if (frames.Count > 0 && innermostOffset is not null)
        {
            frames[0] = frames[0] with { Offset = innermostOffset };
        }

        return frames.Count > MaximumFrames ? frames[..MaximumFrames] : frames;
    }

    /// <summary>The innermost functions on one line.</summary>
    public static string Show(IReadOnlyList<WasmFrame> frames)
    {
        const int Shown = 16, NameLength = 100;
        var names = frames.Take(Shown).Select(frame => ForeignText.Show(frame.ToString(), NameLength));
        return $"   in the guest: {string.Join(" < ", names)}{(frames.Count > Shown ? " < …" : string.Empty)}";
    }

    private static bool IsInterpreter(MethodBase? method) =>
        method?.DeclaringType == typeof(Interpreter) && method.Name == nameof(Interpreter.Run);

    private static void AddRun(
        List<WasmFrame> frames, IReadOnlyList<InterpretedCall> calls, ref int next, ref int budget)
    {
        for (; next < calls.Count && calls[next].Module is Module module; next++)
        {
            int function = calls[next].Function - module.Binary.ImportedFunctionCount;
            FunctionBody body = module.Binary.Bodies[function];
            frames.Add(FrameOf(module, calls[next].Function) with
            {
                Offset = module.Interpretation.OriginOf(
                    function, calls[next].Cell, body.End - body.Start, ref budget),
            });
        }

        next++;
    }

    private static WasmFrame FrameOf(Module module, int function) =>
        new(function, module.GetReadableFunctionName(function), module.Name, Offset: null);

    /// <summary>The index of the function that a method is; null of a part of one.</summary>
    private static int? ReadFunction(MethodBase method) =>
        method.Name.StartsWith(FunctionPrefix, StringComparison.Ordinal)
        && int.TryParse(method.Name.AsSpan(FunctionPrefix.Length), CultureInfo.InvariantCulture, out int index)
            ? index
            : null;

    private readonly record struct RegionOffset(int? Offset);
}

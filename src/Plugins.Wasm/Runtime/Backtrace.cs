using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using Plugins.Wasm.Diagnostics;
using Plugins.Wasm.Runtime.Code;

namespace Plugins.Wasm.Runtime;

/// <summary>Reads guest frames out of an exception's stack trace.</summary>
internal static class Backtrace
{
    /// <summary>The most frames a backtrace has.</summary>
    internal const int MaximumFrames = 64;

    // Weak on both sides: a module that nobody uses can go although it is registered.
    private static readonly ConditionalWeakTable<Assembly, Module> s_modules = [];

    public static void Register(Assembly emitted, Module module) => s_modules.Add(emitted, module);

    [UnconditionalSuppressMessage(
        "Trimming", "IL2026", Justification = "Only emitted methods are looked for, and trimming does not see those.")]
    public static IReadOnlyList<WasmFrame> Read(TrapException trap, int? innermostOffset)
    {
        var trace = new StackTrace(trap, fNeedFileInfo: false);
        var frames = new List<WasmFrame>();
        for (int i = 0; i < trace.FrameCount && frames.Count < MaximumFrames; i++)
        {
            if (trace.GetFrame(i)?.GetMethod() is MethodBase method && ReadFrame(method) is WasmFrame frame)
            {
                frames.Add(frames.Count == 0 ? frame with { Offset = innermostOffset } : frame);
            }
        }

        return frames;
    }

    /// <summary>The innermost functions on one line.</summary>
    public static string Show(IReadOnlyList<WasmFrame> frames)
    {
        const int Shown = 16, NameLength = 100;
        var names = frames.Take(Shown).Select(frame => ForeignText.Show(frame.ToString(), NameLength));
        return $"   in the guest: {string.Join(" < ", names)}{(frames.Count > Shown ? " < …" : string.Empty)}";
    }

    private static WasmFrame? ReadFrame(MethodBase method)
    {
        if (!s_modules.TryGetValue(method.Module.Assembly, out Module? module)
            || !method.Name.StartsWith(CompiledCode.FunctionPrefix, StringComparison.Ordinal)
            || !int.TryParse(
                method.Name.AsSpan(CompiledCode.FunctionPrefix.Length), CultureInfo.InvariantCulture, out int index))
        {
            return null;
        }

        return new WasmFrame(index, module.GetReadableFunctionName(index), module.Name, Offset: null);
    }
}

using System.Reflection.Emit;
using Plugins.Wasm.Emit.Functions;
using Plugins.Wasm.Emit.Outlining;
using Plugins.Wasm.IL;
using Plugins.Wasm.Scanning;

namespace Plugins.Wasm.Emit;

/// <summary>A function on its way to machine code.</summary>
/// <param name="index">Its index among the module's own.</param>
/// <param name="scan">What is known of it.</param>
/// <param name="verdict">How its code may be compiled.</param>
internal sealed class EmittedFunction(int index, FunctionScan scan, Verdict verdict)
{
    public int Index { get; } = index;

    public FunctionScan Scan { get; } = scan;

    /// <summary>Its method, once that was defined.</summary>
    public MethodBuilder? Method { get; set; }

    /// <summary>The methods of its regions; null where it is not cut.</summary>
    public Outline? Outline { get; set; }

    /// <summary>Its intermediate language, once that was emitted.</summary>
    public ILEmitter? IL { get; set; }

    /// <summary>How it may be compiled, as far as is known.</summary>
    public Verdict Verdict { get; set; } = verdict;

    /// <summary>Where its method is once it may be compiled.</summary>
    public System.Reflection.Module? Code { get; set; }

    /// <summary>
    /// What enters its methods to measure their frames, where that has to be, with more bytes of stack than one takes.
    /// </summary>
    public List<(MethodBuilder Method, int FrameBound)> Probes { get; } = [];

    /// <summary>What emitting it took.</summary>
    public TimeSpan Time { get; set; }
}

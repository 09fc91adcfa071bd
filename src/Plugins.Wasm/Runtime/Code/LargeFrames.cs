using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Plugins.Wasm.Runtime.Code;

/// <summary>The functions of a module that stand behind gates, and how much stack entering each one takes.</summary>
/// <remarks>
/// A frame is measured when its function is first called: what the runtime's compiler makes of a function cannot be
/// known before. Safe for use by many threads, which then measure the same.
/// </remarks>
internal sealed class LargeFrames
{
    /// <summary>Stands for a frame that was not measured: more than any stack has room for.</summary>
    private const int Unmeasured = int.MaxValue;

    private readonly System.Reflection.Module _code;
    private readonly LargeFunction[] _functions;

    /// <param name="code">Where the methods are.</param>
    /// <param name="functions">The functions, by the numbers of their gates.</param>
    public LargeFrames(System.Reflection.Module code, LargeFunction[] functions)
    {
        _code = code;
        _functions = functions;
        Bytes = new int[functions.Length];
        Array.Fill(Bytes, Unmeasured);
    }

    /// <summary>By the number of the gate, which reads it.</summary>
    internal int[] Bytes { get; }

    /// <summary>Whether a function stands behind one of the gates.</summary>
    /// <param name="function">Its index in the module.</param>
    public bool HasGate(uint function) => _functions.Any(large => large.Function == function);

    /// <summary>The frame behind a gate, which is compiled and measured if that was not done yet.</summary>
    /// <param name="gate">The gate's number.</param>
    /// <param name="mayCompileHere">Whether this thread has stack for the runtime's compiler.</param>
    public int Measure(int gate, bool mayCompileHere)
    {
        if (Bytes[gate] == Unmeasured)
        {
            LargeFunction function = _functions[gate];
            if (mayCompileHere)
            {
                // A call is charged for what is compiled on its own thread, and not for time that it waits.
                RuntimeHelpers.PrepareMethod(Resolve(function.BodyToken).MethodHandle);
            }

            var probe = (MethodInfo)Resolve(function.ProbeToken);
            Bytes[gate] = FrameProbe.Measure(probe.CreateDelegate<Action>(), function.BoundBytes);
        }

        return Bytes[gate];
    }

    [UnconditionalSuppressMessage(
        "Trimming", "IL2026", Justification = "Trimming does not see emitted code, so it leaves its tokens alone.")]
    private MethodBase Resolve(int token) => _code.ResolveMethod(token)!;
}

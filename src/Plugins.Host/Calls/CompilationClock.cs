using System.Diagnostics;
using System.Runtime;

namespace Plugins.Host.Calls;

/// <summary>Measures the time the runtime's compiler has worked since the process began.</summary>
/// <param name="OfThread">On the calling thread.</param>
/// <param name="OfProcess">On all threads, with those of the compiler's own.</param>
/// <remarks>A method counts once it is compiled, not while it is being compiled.</remarks>
internal sealed record CompilationClock(Func<TimeSpan> OfThread, Func<TimeSpan> OfProcess)
{
    private static readonly TimeSpan Moment = TimeSpan.FromMicroseconds(20);

    internal static CompilationClock Runtime { get; } = new(
        static () => JitInfo.GetCompilationTime(currentThread: true),
        static () => JitInfo.GetCompilationTime(currentThread: false));

    internal static CompilationClock None { get; } = new(static () => default, static () => default);

    /// <summary>The one that fits a clock: on one that stands still, compiling takes no time.</summary>
    internal static CompilationClock For(TimeProvider time)
    {
        var before = time.GetTimestamp();
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < Moment)
        {
            Thread.SpinWait(1);
        }

        return time.GetTimestamp() == before ? None : Runtime;
    }
}

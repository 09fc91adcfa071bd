using Plugins.Host.Wasmtime.Compilation;

namespace Plugins.Host.Wasmtime.Instances;

/// <summary>Advances an engine's epoch until an interrupted guest has noticed.</summary>
/// <remarks>
/// A guest that has just looked sets its next deadline relative to the epoch as it is then, which may be after the
/// interrupting thread advanced it: it would run on. Advancing again closes that gap. Safe for use by many threads.
/// </remarks>
internal sealed class InterruptRepeat(NativeEngine engine, Func<bool> isPending)
{
    private const int LongestPauseMilliseconds = 64;

    private int _isRunning;

    internal void Start()
    {
        if (Interlocked.Exchange(ref _isRunning, 1) == 0)
        {
            _ = RunAsync();
        }
    }

    private async Task RunAsync()
    {
        for (var pause = 1; isPending(); pause = Math.Min(2 * pause, LongestPauseMilliseconds))
        {
            await Task.Delay(pause).ConfigureAwait(false);
            engine.AdvanceEpoch();
        }

        Volatile.Write(ref _isRunning, 0);
        if (isPending())
        {
            Start();
        }
    }
}

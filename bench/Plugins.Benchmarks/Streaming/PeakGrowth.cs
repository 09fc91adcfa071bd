using System.Diagnostics;

namespace Plugins.Benchmarks.Streaming;

/// <summary>The most physical memory that the process had more than at a moment before.</summary>
internal sealed class PeakGrowth(long before)
{
    private readonly Process _process = Process.GetCurrentProcess();
    private long _most;

    internal double Mebibytes => Math.Max(_most - before, 0) / 1048576.0;

    internal void Look()
    {
        _process.Refresh();
        _most = Math.Max(_most, _process.WorkingSet64);
    }
}

using System.Diagnostics;

namespace Plugins.Benchmarks.Waiting;

/// <summary>Measures how long work that has nothing to do with plugins waits for a thread of the pool.</summary>
internal sealed class PoolDelay : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(2);

    private readonly List<TimeSpan> _delays = [];
    private readonly Thread _thread;
    private volatile bool _isOver;

    public PoolDelay()
    {
        _thread = new Thread(Probe);
        _thread.Start();
    }

    /// <summary>Ends the measurement: the longest delay, and the one that 99 of 100 stay below.</summary>
    public (TimeSpan Longest, TimeSpan Usual) Read()
    {
        Dispose();
        _delays.Sort();
        return (_delays[^1], _delays[_delays.Count * 99 / 100]);
    }

    public void Dispose()
    {
        _isOver = true;
        _thread.Join();
    }

    private void Probe()
    {
        using var ran = new ManualResetEventSlim();
        while (!_isOver)
        {
            var queued = Stopwatch.GetTimestamp();
            TimeSpan delay = default;
            ThreadPool.UnsafeQueueUserWorkItem(
                _ =>
                {
                    delay = Stopwatch.GetElapsedTime(queued);
                    ran.Set();
                },
                null);
            ran.Wait();
            ran.Reset();
            _delays.Add(delay);
            Thread.Sleep(Period);
        }
    }
}

using Plugins.Cli.Hosting;
using Plugins.Host.Errors;

namespace Plugins.Cli.Benchmarking;

/// <summary>Calls a function over and over, for a time or a number of calls, on some threads at once.</summary>
internal sealed class Measurement(HostedPlugin hosted, string function, byte[] input, TimeProvider time)
{
    private const int NanosecondsPerSecond = 1_000_000_000;

    private long _left;
    private long _fuel;

    internal LatencyHistogram Latencies { get; } = new();

    internal TimeSpan Elapsed { get; private set; }

    internal long FuelPerCall => Latencies.Count == 0 ? 0 : Interlocked.Read(ref _fuel) / Latencies.Count;

    /// <summary>Runs until the time is over or the calls are made, whatever comes first.</summary>
    /// <exception cref="PluginException">A call failed: what fails cannot be measured.</exception>
    internal async Task RunAsync(TimeSpan duration, long calls, int threads, CancellationToken token)
    {
        _left = calls;
        var began = time.GetTimestamp();
        var runs = Enumerable.Range(0, threads).Select(_ => Task.Run(() => Repeat(began, duration, token), token));
        foreach (var latencies in await Task.WhenAll(runs))
        {
            Latencies.Add(latencies);
        }

        Elapsed = time.GetElapsedTime(began);
    }

    private LatencyHistogram Repeat(long began, TimeSpan duration, CancellationToken token)
    {
        var latencies = new LatencyHistogram();
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        var frequency = time.TimestampFrequency;
        for (var now = began; Interlocked.Decrement(ref _left) >= 0 && time.GetElapsedTime(began, now) < duration;)
        {
            output.ResetWrittenCount();
            var start = time.GetTimestamp();
            var result = hosted.Plugin.Call(function, input, output, cancellationToken: token);
            now = time.GetTimestamp();
            latencies.Add((long)((double)(now - start) * NanosecondsPerSecond / frequency));
            Interlocked.Add(ref _fuel, result.FuelConsumed);
        }

        return latencies;
    }
}

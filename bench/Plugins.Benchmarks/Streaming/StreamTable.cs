using System.Diagnostics;
using System.Globalization;
using System.IO.Pipelines;
using Plugins.Benchmarks.Guests;
using Plugins.Host.Engines;
using Plugins.Host.Limits;
using Plugins.Host.Wasmtime;

namespace Plugins.Benchmarks.Streaming;

/// <summary>How much memory does it take to send far more bytes through a guest than the host may keep?</summary>
internal static class StreamTable
{
    private const int MaximumGrowthMebibytes = 64;

    /// <returns>The exit code: 1 where the process grew by more than it may.</returns>
    public static int Write(long mebibytes, TextWriter output)
    {
        output.WriteLine($"| {mebibytes} MiB through an echo of 64 KiB | time | MiB/s | most memory over before |");
        output.WriteLine("| --- | ---: | ---: | ---: |");
        var passes = true;
        passes &= WriteRow(output, "embedded, streams", EmbeddedEngine.Instance, mebibytes, hasPipes: false);
        passes &= WriteRow(output, "embedded, pipes", EmbeddedEngine.Instance, mebibytes, hasPipes: true);
        using var wasmtime = new WasmtimeEngine();
        passes &= WriteRow(output, "Wasmtime, streams", wasmtime, mebibytes, hasPipes: false);
        passes &= WriteRow(output, "Wasmtime, pipes", wasmtime, mebibytes, hasPipes: true);
        return passes ? 0 : 1;
    }

    private static bool WriteRow(TextWriter output, string name, IPluginEngine engine, long mebibytes, bool hasPipes)
    {
        var time = TimeSpan.FromMinutes(10);
        using var guest = new GuestPlugin(
            GuestFile.Small,
            options =>
            {
                options.Engine = engine;
                options.DefaultLimits = options.DefaultLimits with
                {
                    WallTime = time, StreamedInputBytes = mebibytes << 20, StreamedOutputBytes = mebibytes << 20,
                };
                options.MaximumLimits = PluginLimits.DefaultCeiling with
                {
                    WallTime = time, HostCalls = int.MaxValue,
                };
            },
            "echo");

        // Once before, so that code and buffers that come with the first call do not count.
        Run(guest, 16, hasPipes).GetAwaiter().GetResult();
        using var process = Process.GetCurrentProcess();
        var memory = new PeakGrowth(process.WorkingSet64);
        var started = Stopwatch.GetTimestamp();
        Run(guest, mebibytes, hasPipes, memory).GetAwaiter().GetResult();
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {seconds:F2} s | {mebibytes / seconds:N0} | {memory.Mebibytes:F1} MiB |"));
        return memory.Mebibytes < MaximumGrowthMebibytes;
    }

    private static async Task Run(GuestPlugin guest, long mebibytes, bool hasPipes, PeakGrowth? memory = null)
    {
        var source = new EndingStream(mebibytes << 20);
        var sink = new CountingStream(memory);
        if (hasPipes)
        {
            var (input, output) = (new Pipe(), new Pipe());
            await Task.WhenAll(
                Complete(source.CopyToAsync(input.Writer), input.Writer),
                Complete(guest.Plugin.CallAsync("echo", input.Reader, output.Writer), output.Writer),
                output.Reader.CopyToAsync(sink));
        }
        else
        {
            await guest.Plugin.CallAsync("echo", source, sink);
        }

        if (sink.TakenBytes != mebibytes << 20)
        {
            throw new InvalidOperationException($"{sink.TakenBytes} bytes came out.");
        }
    }

    private static async Task Complete(Task task, PipeWriter writer)
    {
        await task;
        await writer.CompleteAsync();
    }
}

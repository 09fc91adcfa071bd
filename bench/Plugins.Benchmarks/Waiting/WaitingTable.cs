using System.Diagnostics;
using System.Globalization;
using Plugins.Benchmarks.Guests;
using Plugins.Host;
using Plugins.Host.Capabilities;

namespace Plugins.Benchmarks.Waiting;

/// <summary>What do many calls cost whose host function waits, and what does the rest of the process feel?</summary>
internal static class WaitingTable
{
    private const int Calls = 1_000;
    private const int AtOnce = 100;

    private static readonly TimeSpan Answer = TimeSpan.FromMilliseconds(100);
    private static readonly byte[] Once = [1, 0, 0, 0];

    public static void Write(TextWriter output)
    {
        output.WriteLine("| function | 1,000 calls | delay on the pool, longest | 99 % | threads of the pool |");
        output.WriteLine("| --- | ---: | ---: | ---: | ---: |");
        WriteRun(output, "asynchronous, 100 ms", Wait);
        WriteRun(output, "blocks a thread of the pool for 100 ms", Block);
        output.WriteLine();
        output.WriteLine("| one call after the other | time of a call |");
        output.WriteLine("| --- | ---: |");
        WriteLatency(output, "on the pool", options => options.AddFunction(
            GuestPlugin.Capability, (_, _, _) => CapabilityStatus.Success));
        WriteLatency(output, "on a guest thread", options => options.AddFunction(
            GuestPlugin.Capability, (_, _, _, _) => ValueTask.FromResult(CapabilityStatus.Success)));
    }

    private static void Wait(PluginHostOptions options) => options.AddFunction(
        GuestPlugin.Capability,
        async (_, _, _, token) =>
        {
            await Task.Delay(Answer, token);
            return CapabilityStatus.Success;
        });

    private static void Block(PluginHostOptions options) => options.AddFunction(
        GuestPlugin.Capability,
        (_, _, _) =>
        {
            Task.Delay(Answer).GetAwaiter().GetResult();
            return CapabilityStatus.Success;
        });

    private static void WriteRun(TextWriter output, string name, Action<PluginHostOptions> offer)
    {
        using var guest = new GuestPlugin(
            GuestFile.Small,
            options =>
            {
                options.MaximumInstances = AtOnce;
                options.MaximumGuestThreads = AtOnce;
                options.MaximumInstanceWait = Timeout.InfiniteTimeSpan;
                options.DefaultLimits = options.DefaultLimits with { WallTime = TimeSpan.FromSeconds(30) };
                offer(options);
            },
            "ask");
        var delays = new PoolDelay();
        var started = Stopwatch.GetTimestamp();
        Task.WhenAll(Enumerable.Range(0, Calls).Select(_ => guest.Plugin.CallAsync("ask", Once)))
            .GetAwaiter().GetResult();
        var time = Stopwatch.GetElapsedTime(started);
        var (longest, usual) = delays.Read();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {time.TotalSeconds:F2} s | {longest.TotalMilliseconds:F1} ms "
            + $"| {usual.TotalMilliseconds:F1} ms | {ThreadPool.ThreadCount} |"));
    }

    private static void WriteLatency(TextWriter output, string name, Action<PluginHostOptions> offer)
    {
        const int Rounds = 20_000;
        using var guest = new GuestPlugin(GuestFile.Small, offer, "ask");
        Run(guest.Plugin).GetAwaiter().GetResult();
        var started = Stopwatch.GetTimestamp();
        Run(guest.Plugin).GetAwaiter().GetResult();
        var each = Stopwatch.GetElapsedTime(started) / Rounds;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {each.TotalMicroseconds:F1} µs |"));

        static async Task Run(Plugin plugin)
        {
            for (var round = 0; round < Rounds; round++)
            {
                await plugin.CallAsync("ask", Once).ConfigureAwait(false);
            }
        }
    }
}

using System.IO.Pipelines;
using Plugins.Host.EngineTests.Support;
using Plugins.Host.Errors;
using Plugins.Host.Tests.Support;

namespace Plugins.Host.Tests.Guests;

/// <summary>More bytes than the host may keep go through a real guest, on every engine.</summary>
[TestFixtureSource(typeof(TestedEngines), nameof(TestedEngines.Available))]
[CancelAfter(600_000)]
internal sealed class StreamGuestTests(TestedEngine tested)
{
    private const int PauseBytes = 64 * 1024;

    // The guest's buffer, the host's, and what the two pipes hold.
    private const int BytesInside = (2 * 64 * 1024) + (2 * (PauseBytes + (64 * 1024)));

    [Test]
    public async Task Echo_OfALongStream_IsWholeAndNeverFarBehind()
    {
        const long Length = 32 << 20;
        using var rig = Prepare();
        var plugin = rig.Load();
        var source = new PatternSource(Length);
        var sink = new PatternSink(source);
        await plugin.CallAsync("echo", source, sink);
        Assert.That((source.GivenBytes, sink.TakenBytes), Is.EqualTo((Length, Length)));
        Assert.That(sink.FarthestBehind, Is.AtMost(BytesInside));
    }

    [Test]
    public async Task Echo_BetweenPipes_ReadsOnlyAsFastAsItsOutputIsRead()
    {
        const long Length = 8 << 20;
        using var rig = Prepare();
        var plugin = rig.Load();
        var options = new PipeOptions(pauseWriterThreshold: PauseBytes, resumeWriterThreshold: PauseBytes / 2);
        var (input, output) = (new Pipe(options), new Pipe(options));
        var source = new PatternSource(Length);
        var sink = new PatternSink(source);
        var filling = FillAsync(source, input.Writer);
        var call = CompleteAsync(plugin.CallAsync("echo", input.Reader, output.Writer), output.Writer);

        // Nobody reads yet, so the guest stands still before it has read much.
        output.Reader.AdvanceTo((await output.Reader.ReadAtLeastAsync(PauseBytes)).Buffer.Start);
        Assert.That(source.GivenBytes, Is.AtMost(BytesInside));

        await output.Reader.CopyToAsync(sink);
        await Task.WhenAll(filling, call);
        Assert.That(sink.TakenBytes, Is.EqualTo(Length));
        Assert.That(sink.FarthestBehind, Is.AtMost(BytesInside));
    }

    [Test]
    public async Task Echo_OfTwiceTheBytes_CostsWhatTheirMovingCosts()
    {
        using var rig = Prepare();
        var plugin = rig.Load();
        var once = await plugin.CallAsync("echo", new PatternSource(1 << 20), Stream.Null);
        var twice = await plugin.CallAsync("echo", new PatternSource(2 << 20), Stream.Null);
        Assert.That(twice.FuelConsumed - once.FuelConsumed, Is.AtLeast(2 * (1 << 20) / 64));
    }

    [TestCase(1_000_000, false)]
    [TestCase(999_999, true)]
    public async Task Echo_OverTheLimitOfStreams_HasWrittenWhatFitted(int length, bool isOfOutput)
    {
        using var rig = Prepare();
        rig.Options.DefaultLimits = rig.Options.DefaultLimits with
        {
            StreamedInputBytes = isOfOutput ? 1_000_000 : 999_999,
            StreamedOutputBytes = isOfOutput ? 999_998 : 1_000_000,
        };
        var plugin = rig.Load();
        var source = new PatternSource(length);
        var sink = new PatternSink(source);
        var failure = await Assert.ThrowsAsync<PluginLimitException>(() => plugin.CallAsync("echo", source, sink));
        Assert.That(failure!.Code, Is.EqualTo(isOfOutput ? PluginErrorCode.OutputLimit : PluginErrorCode.InputLimit));
        Assert.That(sink.TakenBytes, Is.InRange(1, 999_998));
        await plugin.CallAsync("echo", new PatternSource(1_000), Stream.Null);
    }

    [Test]
    public void Echo_WhoseOutputNobodyReads_EndsAtItsDeadline()
    {
        using var rig = Prepare();
        var plugin = rig.Load();
        var output = new Pipe(new PipeOptions(pauseWriterThreshold: PauseBytes));
        var call = plugin.CallAsync(
            "echo",
            PipeReader.Create(new PatternSource(1 << 20)),
            output.Writer,
            new PluginCallOptions { WallTime = TimeSpan.FromMilliseconds(200) });
        Assert.That(async () => await call, Throws.TypeOf<PluginTimeException>());
        Assert.That(() => plugin.Diagnostics.AbandonedOperations, Is.Zero.After(600_000, 10));
    }

    private Rig Prepare()
    {
        var rig = new Rig(GuestFiles.Read("tests/guests/echo.wasm"), tested).Lists("echo").WithSystemTime();
        return rig.Limits(limits => limits with { WallTime = TimeSpan.FromMinutes(5) });
    }

    private static async Task FillAsync(PatternSource source, PipeWriter writer)
    {
        await source.CopyToAsync(writer);
        await writer.CompleteAsync();
    }

    private static async Task CompleteAsync(Task call, PipeWriter writer)
    {
        await call;
        await writer.CompleteAsync();
    }

    /// <summary>Bytes that tell where they stand, so that none can be lost or come twice.</summary>
    private static byte ByteAt(long position) => (byte)((position * 31) + (position >> 8));

    private sealed class PatternSource(long length) : MemoryStream
    {
        internal long GivenBytes { get; private set; }

        public override int Read(Span<byte> buffer)
        {
            var count = (int)Math.Min(buffer.Length, length - GivenBytes);
            for (var index = 0; index < count; index++)
            {
                buffer[index] = ByteAt(GivenBytes + index);
            }

            GivenBytes += count;
            return count;
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult(Read(buffer.Span));
    }

    private sealed class PatternSink(PatternSource source) : MemoryStream
    {
        internal long TakenBytes { get; private set; }

        internal long FarthestBehind { get; private set; }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            FarthestBehind = Math.Max(FarthestBehind, source.GivenBytes - TakenBytes);
            foreach (var value in buffer)
            {
                Assert.That(value == ByteAt(TakenBytes++));
            }
        }

        public override ValueTask WriteAsync(
            ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Write(buffer.Span);
            return ValueTask.CompletedTask;
        }
    }
}

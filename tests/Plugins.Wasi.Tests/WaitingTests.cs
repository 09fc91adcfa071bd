using System.Buffers.Binary;
using System.IO.Pipelines;
using Plugins.Wasi.Preview1;
using Plugins.Wasi.Tests.Support;

namespace Plugins.Wasi.Tests;

/// <summary>Clocks, and what is waited for.</summary>
internal sealed class WaitingTests
{
    private static readonly DateTimeOffset s_start = new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Test]
    public void Clock_ThatStands_TellsTheSameAlways()
    {
        using var guest = new FakeGuest(new WasiOptions { Clock = new SteppedTimeProvider(s_start) });
        Assert.That(Time(guest, 0), Is.EqualTo((ulong)s_start.ToUnixTimeSeconds() * 1_000_000_000));
        Assert.That((Time(guest, 1), Time(guest, 1)), Is.EqualTo((1, 1)));
    }

    [Test]
    public void Clock_WithASteps_GoesOnByEachReading()
    {
        using var guest = new FakeGuest(
            new WasiOptions { Clock = new SteppedTimeProvider(s_start, TimeSpan.FromMilliseconds(5)) });
        var first = Time(guest, 1);
        Assert.That(Time(guest, 1) - first, Is.EqualTo(5_000_000));
        first = Time(guest, 0);
        Assert.That(Time(guest, 0) - first, Is.EqualTo(5_000_000));
    }

    [TestCase(0U, Errno.Success)]
    [TestCase(1U, Errno.Success)]
    [TestCase(2U, Errno.Badf)]
    [TestCase(3U, Errno.Badf)]
    [TestCase(4U, Errno.Inval)]
    public void Clock_OfEachKind_AnswersAsWasmtimeDoes(uint clock, int error)
    {
        using var guest = new FakeGuest(new WasiOptions { Clock = TimeProvider.System });
        Assert.That(guest.Call("clock_time_get", clock, 0, FakeGuest.Result), Is.EqualTo((Errno)error));
        Assert.That(guest.Call("clock_res_get", clock, FakeGuest.Result), Is.EqualTo((Errno)error));
        Assert.That(error != 0 || guest.UInt64() > 0);
    }

    [Test]
    public void Sleep_OnAClockThatStands_TakesNoTimeAndPutsItOn()
    {
        using var guest = new FakeGuest(new WasiOptions { Clock = new SteppedTimeProvider(s_start) });
        var before = Time(guest, 0);
        Assert.That(Poll(guest, Clock(1, 3600_000_000_000, userData: 9)), Is.EqualTo(new[] { (9UL, 0, 0UL, 0) }));
        Assert.That(Time(guest, 0) - before, Is.GreaterThanOrEqualTo(3600_000_000_000));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void Sleep_TakesItsTime(bool hasClock)
    {
        using var guest = new FakeGuest(new WasiOptions { Clock = hasClock ? TimeProvider.System : null });
        var started = TimeProvider.System.GetTimestamp();
        Assert.That(Poll(guest, Clock(1, 30_000_000)), Has.Count.EqualTo(1));
        Assert.That(
            TimeProvider.System.GetElapsedTime(started), Is.GreaterThanOrEqualTo(TimeSpan.FromMilliseconds(30)));
    }

    [Test]
    public void Sleep_OfEarlyTimers_IsNotShorter()
    {
        using var guest = new FakeGuest(new WasiOptions { Clock = new EarlyTimers() });
        var started = TimeProvider.System.GetTimestamp();
        Assert.That(Poll(guest, Clock(1, 40_000_000)), Has.Count.EqualTo(1));
        Assert.That(
            TimeProvider.System.GetElapsedTime(started), Is.GreaterThanOrEqualTo(TimeSpan.FromMilliseconds(40)));
    }

    [Test]
    public void Sleep_UntilATime_NeedsAClock()
    {
        using var guest = new FakeGuest(new WasiOptions { Clock = TimeProvider.System });
        Assert.That(Poll(guest, Clock(0, 1, absolute: true)), Has.Count.EqualTo(1));
        Assert.That(Poll(guest, Clock(1, Time(guest, 1) + 1_000_000, absolute: true)), Has.Count.EqualTo(1));
        using var blind = new FakeGuest(new WasiOptions());
        Put(blind, Clock(0, 1, absolute: true));
        Assert.That(Call(blind, 1), Is.EqualTo(Errno.Notcapable));
    }

    [Test]
    public void Sleep_OfAStoppedCall_Ends()
    {
        using var over = new CancellationTokenSource(50);
        using var guest = new FakeGuest(new WasiOptions()) { Cancellation = over.Token };
        Put(guest, Clock(1, ulong.MaxValue));
        Assert.That(() => Call(guest, 1), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void Sleep_OfACallThatWasStoppedMeanwhile_DoesNotReturnToTheGuest()
    {
        using var over = new CancellationTokenSource(1);
        using var guest = new FakeGuest(new WasiOptions()) { Cancellation = over.Token, IsSlowToStop = true };
        Put(guest, Clock(1, 30_000_000));
        Assert.That(() => Call(guest, 1), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void Poll_OfStreams_TellsThoseThatAreReady()
    {
        using var guest = new FakeGuest(new WasiOptions());
        Assert.That(
            Poll(guest, Clock(1, 10_000_000_000), Stream(1, 0, 5), Stream(2, 1, 6), Stream(2, 2, 7)),
            Is.EqualTo(new[] { (5UL, 1, 1UL, 0), (6UL, 2, 1UL, 0), (7UL, 2, 1UL, 0) }));
        Assert.That(Poll(guest, Clock(1, 0, 4), Stream(2, 1, 6)), Has.Count.EqualTo(2));
    }

    [Test]
    public void Poll_OfAFile_IsReadyAndTellsItsEnd()
    {
        var files = new MemoryFileSystem();
        files.WriteFile("file", "text");
        using var guest = new FakeGuest(new WasiOptions { Directories = [WasiDirectory.OfMemory("/", files)] });
        var file = guest.Open("file", 0);
        Assert.That(Poll(guest, Stream(1, file, 1)), Is.EqualTo(new[] { (1UL, 1, 1UL, 0) }));
        guest.ReadText(file);
        Assert.That(Poll(guest, Stream(1, file, 1)), Is.EqualTo(new[] { (1UL, 1, 1UL, 1) }));
    }

    [Test]
    public void Poll_OfWhatCannotBe_IsRefused()
    {
        using var guest = new FakeGuest(new WasiOptions());
        Assert.That(Call(guest, 0), Is.EqualTo(Errno.Inval));
        Put(guest, Stream(1, 1, 0));
        Assert.That(Call(guest, 1), Is.EqualTo(Errno.Badf));
        Put(guest, Stream(2, 99, 0));
        Assert.That(Call(guest, 1), Is.EqualTo(Errno.Badf));
        Put(guest, Clock(2, 1));
        Assert.That(Call(guest, 1), Is.EqualTo(Errno.Inval));
        Put(guest, Stream(3, 1, 0));
        Assert.That(Call(guest, 1), Is.EqualTo(Errno.Inval));
        Assert.That(() => Call(guest, uint.MaxValue), Throws.TypeOf<WasiMemoryException>());
    }

    [Test]
    public async Task Poll_OfAnInput_WaitsForItsBytes()
    {
        var pipe = new Pipe();
        using var guest = new FakeGuest(new WasiOptions { StandardInput = WasiInput.From(pipe.Reader.AsStream()) });
        Assert.That(Poll(guest, Stream(1, 0, 1), Clock(1, 20_000_000, 2)).Single().UserData, Is.EqualTo(2));
        await pipe.Writer.WriteAsync("hello"u8.ToArray());
        Assert.That(Poll(guest, Stream(1, 0, 1)).Single().UserData, Is.EqualTo(1));
        Assert.That(guest.ReadText(0, 3), Is.EqualTo("hel"));
        Assert.That(Poll(guest, Stream(1, 0, 1)), Has.Count.EqualTo(1));
        Assert.That(guest.ReadText(0), Is.EqualTo("lo"));
        await pipe.Writer.CompleteAsync();
        Assert.That(guest.ReadText(0), Is.Empty);
    }

    [Test]
    public void Stream_ThatFails_IsAnErrorOfIo()
    {
        using var guest = new FakeGuest(new WasiOptions
        {
            StandardInput = WasiInput.From(new FailingStream()), StandardOutput = WasiOutput.To(new FailingStream()),
        });
        Assert.That(guest.Read(0, 1, out _), Is.EqualTo(Errno.Io));
        Assert.That(guest.Write(1, "x"u8, out _), Is.EqualTo(Errno.Io));
    }

    [Test]
    public void Output_ToAStream_IsAllThatWasWritten()
    {
        var written = new MemoryStream();
        using var guest = new FakeGuest(new WasiOptions { StandardError = WasiOutput.To(written) });
        guest.Write(2, "one");
        guest.Write(2, "two");
        Assert.That(written.ToArray(), Is.EqualTo("onetwo"u8.ToArray()));
    }

    private static ulong Time(FakeGuest guest, uint clock)
    {
        Assert.That(guest.Call("clock_time_get", clock, 0, FakeGuest.Result), Is.EqualTo(Errno.Success));
        return guest.UInt64();
    }

    private static byte[] Clock(uint clock, ulong timeout, ulong userData = 0, bool absolute = false)
    {
        var bytes = Stream(0, clock, userData);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(24), timeout);
        bytes[40] = absolute ? (byte)1 : (byte)0;
        return bytes;
    }

    private static byte[] Stream(byte type, uint descriptor, ulong userData)
    {
        var bytes = new byte[48];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, userData);
        bytes[8] = type;
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(16), descriptor);
        return bytes;
    }

    private static void Put(FakeGuest guest, params byte[][] subscriptions)
    {
        for (var index = 0; index < subscriptions.Length; index++)
        {
            subscriptions[index].CopyTo(guest.Memory, FakeGuest.Data + (index * 48));
        }
    }

    private static Errno Call(FakeGuest guest, uint count) =>
        guest.Call("poll_oneoff", FakeGuest.Data, FakeGuest.Data + 1024, count, FakeGuest.Result);

    private static List<(ulong UserData, int Type, ulong Bytes, int Flags)> Poll(
        FakeGuest guest, params byte[][] subscriptions)
    {
        Put(guest, subscriptions);
        Assert.That(Call(guest, (uint)subscriptions.Length), Is.EqualTo(Errno.Success));
        return
        [
            .. Enumerable.Range(0, (int)guest.UInt32()).Select(index => FakeGuest.Data + 1024 + ((uint)index * 32))
                .Select(at =>
                    (guest.UInt64(at), (int)guest.Memory[at + 10], guest.UInt64(at + 16), (int)guest.Memory[at + 24])),
        ];
    }

    private sealed class FailingStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new IOException("broken");

        public override ValueTask WriteAsync(
            ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new IOException("broken");
    }
}

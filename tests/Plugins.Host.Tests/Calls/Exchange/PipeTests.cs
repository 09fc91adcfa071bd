using System.IO.Pipelines;
using System.Text;
using Plugins.Host.Errors;
using Plugins.Host.Tests.Support;

namespace Plugins.Host.Tests.Calls.Exchange;

/// <summary>Calls that read from and write to pipes.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[CancelAfter(600_000)]
internal sealed class PipeTests : IDisposable
{
    private readonly Pipe _input = new();
    private readonly Pipe _output = new(new PipeOptions(pauseWriterThreshold: 10, resumeWriterThreshold: 5));
    private readonly Rig _rig = new Rig().Guest("echo", guest =>
    {
        guest.Output(guest.ReadInput());
        return 0;
    });

    public void Dispose() => _rig.Dispose();

    [Test]
    public async Task Call_WithAPipe_GivesTheOutputBack()
    {
        await WriteAsync("abc");
        await _input.Writer.CompleteAsync();
        var result = await _rig.Load().CallAsync("echo", _input.Reader);
        Assert.That(Encoding.UTF8.GetString(result.Output.Span), Is.EqualTo("abc"));
    }

    [Test]
    public async Task Call_WithBytesAndAPipe_FlushesAndLeavesItOpen()
    {
        var plugin = _rig.Load();
        await plugin.CallAsync("echo", "one"u8.ToArray(), _output.Writer);
        Assert.That(await ReadAsync(3), Is.EqualTo("one"));
        await plugin.CallAsync("echo", "two"u8.ToArray(), _output.Writer);
        Assert.That(await ReadAsync(3), Is.EqualTo("two"));
    }

    [Test]
    public async Task Output_OfAFullPipe_MakesTheGuestWait()
    {
        var call = _rig.Load().CallAsync("echo", "more than ten"u8.ToArray(), _output.Writer);
        var read = await _output.Reader.ReadAtLeastAsync(13);
        Assert.That(call.IsCompleted, Is.False);
        _output.Reader.AdvanceTo(read.Buffer.End);
        await call;
    }

    [Test]
    public async Task Output_ThatIsReadNoMore_EndsTheCall()
    {
        await _output.Reader.CompleteAsync();
        var failure = await Assert.ThrowsAsync<PluginStreamException>(
            () => _rig.Load().CallAsync("echo", "abc"u8.ToArray(), _output.Writer));
        Assert.That(failure!.Code, Is.EqualTo(PluginErrorCode.OutputStream));
        Assert.That(failure.InnerException, Is.TypeOf<IOException>());
    }

    [Test]
    public async Task Output_WhoseFlushIsCancelled_EndsTheCall()
    {
        _output.Writer.CancelPendingFlush();
        var failure = await Assert.ThrowsAsync<PluginStreamException>(
            () => _rig.Load().CallAsync("echo", "abc"u8.ToArray(), _output.Writer));
        Assert.That(failure!.InnerException, Is.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task Input_WhoseReadIsCancelled_EndsTheCall()
    {
        _input.Reader.CancelPendingRead();
        var failure = await Assert.ThrowsAsync<PluginStreamException>(
            () => _rig.Load().CallAsync("echo", _input.Reader));
        Assert.That(failure!.Code, Is.EqualTo(PluginErrorCode.InputStream));
    }

    [Test]
    public async Task Input_ThatFails_EndsTheCallWithItsCause()
    {
        var cause = new IOException("torn");
        await _input.Writer.CompleteAsync(cause);
        var failure = await Assert.ThrowsAsync<PluginStreamException>(
            () => _rig.Load().CallAsync("echo", _input.Reader, _output.Writer));
        Assert.That(failure!.InnerException, Is.SameAs(cause));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Call_ThatIsCancelledWhileItWaits_LeavesThePipesUsable(bool waitsForInput)
    {
        var plugin = _rig.Load();
        using var caller = new CancellationTokenSource();
        if (!waitsForInput)
        {
            await WriteAsync("more than ten");
            await _input.Writer.CompleteAsync();
        }

        var call = plugin.CallAsync("echo", _input.Reader, _output.Writer, cancellationToken: caller.Token);
        if (!waitsForInput)
        {
            _output.Reader.AdvanceTo((await _output.Reader.ReadAtLeastAsync(13)).Buffer.Start);
        }

        await caller.CancelAsync();
        Assert.That(async () => await call, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(() => plugin.Diagnostics.AbandonedOperations, Is.Zero.After(600_000, 10));
        if (waitsForInput)
        {
            await WriteAsync("abc");
            await _input.Writer.CompleteAsync();
            await plugin.CallAsync("echo", _input.Reader, _output.Writer);
        }

        Assert.That(await ReadAsync(3), Is.EqualTo(waitsForInput ? "abc" : "mor"));
    }

    private async Task WriteAsync(string text) => await _input.Writer.WriteAsync(Encoding.UTF8.GetBytes(text));

    private async Task<string> ReadAsync(int bytes)
    {
        var read = await _output.Reader.ReadAtLeastAsync(bytes);
        var part = read.Buffer.Slice(0, bytes);
        var text = Encoding.UTF8.GetString(part);
        _output.Reader.AdvanceTo(part.End);
        return text;
    }
}

using Plugins.Pdk.Runtime;
using Plugins.Pdk.Tests.Support;

namespace Plugins.Pdk.Tests;

public sealed class HostReplyTests
{
    private static readonly MemoryRuntime Echo = new MemoryRuntime().With("test.echo", Answer.Of);

    [Test]
    public void Reply_ReadInPieces_IsTheWholeAnswer()
    {
        var host = new MemoryRuntime().With("test.echo", Answer.Of);

        host.Run(() =>
        {
            HostReply reply = Ask("abcdef"u8);
            Span<byte> two = stackalloc byte[2];
            Assert.That(reply.Length, Is.EqualTo(6));
            Assert.That(reply.Read(two), Is.EqualTo(2));
            reply.CopyToOutput();
        });

        Assert.That(host.OutputText, Is.EqualTo("cdef"));
    }

    [TestCase(2, 1, "test.echo: too large")]
    [TestCase(3, 0, "")]
    public void ReadAll_IntoABuffer_FailsWhenItIsTooSmall(int capacity, int code, string error)
    {
        var host = new MemoryRuntime().With("test.echo", Answer.Of);

        Assert.That(host.Run(() => Output.Write(Ask("abc"u8).ReadAll(new byte[capacity]))), Is.EqualTo(code));
        Assert.That((host.OutputText, host.ErrorText), Is.EqualTo((code == 0 ? "abc" : "", error)));
    }

    [Test]
    public void CopyToOutput_OfALargeAnswer_LosesNothing()
    {
        var host = new MemoryRuntime().With("test.echo", _ => Answer.Of(new string('x', 100_001)));

        host.Run(() => Ask([]).CopyToOutput());

        Assert.That(host.Output.Length, Is.EqualTo(100_001));
    }

    [Test]
    public void Reply_ReadAfterTheNextCall_Traps()
    {
        var host = new MemoryRuntime().With("test.echo", Answer.Of);

        Assert.That(
            () => host.Run(() =>
            {
                HostReply first = Ask("first"u8);
                Ask("second"u8);
                first.CopyToOutput();
            }),
            Throws.TypeOf<TrappedException>());
        Assert.That(host.ErrorText, Is.EqualTo("a reply was read after the next capability call"));
    }

    [Test]
    public void Text_ThatIsNotUtf8_FailsTheFunction()
    {
        Assert.That(Echo.Run(() => Ask([0x61, 0xFF]).ToText()), Is.EqualTo(1));
        Assert.That(Echo.ErrorText, Is.EqualTo("the text is not UTF-8 at byte 1"));
    }

    [Test]
    public void Message_ThatIsNotUtf8_IsReplaced()
    {
        var host = new MemoryRuntime().With("test.echo", _ => new Answer(-2, [0x61, 0xFF]));

        host.Run(() => Ask([]));

        Assert.That(host.ErrorText, Is.EqualTo("test.echo failed: a\uFFFD"));
    }

    private static HostReply Ask(ReadOnlySpan<byte> request) =>
        HostCall.Invoke("test.echo", request, (_, _) => throw new InvalidOperationException("not WebAssembly"));
}

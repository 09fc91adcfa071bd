using System.Buffers;
using System.Text;
using Plugins.Host.Errors;
using Plugins.Host.Tests.Support;

namespace Plugins.Host.Tests.Calls.Exchange;

internal sealed class OutputTests
{
    private static readonly Func<FakeGuest, int> WritesTwice = guest =>
    {
        guest.Output("one, ");
        guest.Output("two");
        return 0;
    };

    [Test]
    public void Write_Twice_Appends()
    {
        using var rig = new Rig().Guest("run", WritesTwice);
        Assert.That(rig.Load().CallText("run", "").Value, Is.EqualTo("one, two"));
    }

    [Test]
    public void Write_ToAWriter_ArrivesThere()
    {
        using var rig = new Rig().Guest("run", WritesTwice);
        var writer = new ArrayBufferWriter<byte>();
        var result = rig.Load().Call("run", [], writer);
        Assert.That(Encoding.UTF8.GetString(writer.WrittenSpan), Is.EqualTo("one, two"));
        Assert.That(result.Output.IsEmpty);
    }

    [Test]
    public void Write_ToAStream_ArrivesThere([Values] bool isAsync)
    {
        using var rig = new Rig().Guest("run", WritesTwice);
        var sink = new MemoryStream();
        Call(rig, sink, isAsync);
        Assert.That(Encoding.UTF8.GetString(sink.ToArray()), Is.EqualTo("one, two"));
    }

    [Test]
    public void Write_LargeToAStreamAsync_ArrivesWhole()
    {
        using var rig = new Rig().Guest("run", guest =>
        {
            guest.OutputWrite(0, FakeGuest.PageBytes);
            guest.OutputWrite(0, FakeGuest.PageBytes);
            return 0;
        });
        var sink = new MemoryStream();
        Call(rig, sink, isAsync: true);
        Assert.That(sink.Length, Is.EqualTo(2 * FakeGuest.PageBytes));
    }

    [Test]
    public void Write_ToAFailingStream_FailsAsItsSink([Values] bool isAsync)
    {
        using var rig = new Rig().Guest("run", WritesTwice);
        var failure = Assert.Throws<PluginStreamException>(() => Call(rig, new FailingStream(), isAsync))!;
        Assert.That(failure.Code, Is.EqualTo(PluginErrorCode.OutputStream));
    }

    [Test]
    public void Output_OfAFailedCall_IsNotGiven()
    {
        using var rig = new Rig().Guest("run", guest => WritesTwice(guest) + 1);
        var writer = new ArrayBufferWriter<byte>();
        var plugin = rig.Load();
        Assert.That(() => plugin.Call("run", [], writer), Throws.TypeOf<PluginGuestException>());
        Assert.That(writer.WrittenCount, Is.Zero);
    }

    [Test]
    public void Output_AfterAFailedCall_BeginsAnew()
    {
        var code = 1;
        using var rig = new Rig().Guest("run", guest => WritesTwice(guest) + code);
        using var session = rig.Load().OpenSession();
        Assert.That(() => session.Call("run", []), Throws.TypeOf<PluginGuestException>());
        code = 0;
        Assert.That(session.CallText("run", "").Value, Is.EqualTo("one, two"));
    }

    [TestCase(7, false)]
    [TestCase(8, true)]
    public void Write_AtTheLimit_IsTold(int limit, bool passes)
    {
        using var rig = new Rig().Guest("run", WritesTwice).Limits(limits => limits with { OutputBytes = limit });
        var plugin = rig.Load();
        Assert.That(
            () => plugin.Call("run", []),
            passes
                ? Throws.Nothing
                : Throws.TypeOf<PluginLimitException>().With.Property("Code").EqualTo(PluginErrorCode.OutputLimit));
    }

    [TestCase(7, false)]
    [TestCase(8, true)]
    public void Write_ToAStreamAtTheLimit_IsTold(int limit, bool passes)
    {
        using var rig = new Rig().Guest("run", WritesTwice)
            .Limits(limits => limits with { OutputBytes = 1, StreamedOutputBytes = limit });
        Assert.That(
            () => Call(rig, new MemoryStream(), isAsync: false),
            passes
                ? Throws.Nothing
                : Throws.TypeOf<PluginLimitException>().With.Property("Code").EqualTo(PluginErrorCode.OutputLimit));
    }

    [Test]
    public async Task Write_OfACallWithBytes_ArrivesInTheStream([Values] bool isAsync)
    {
        using var rig = new Rig().Guest("run", guest => WritesTwice(guest) + guest.InputLength() - 3);
        var (plugin, sink) = (rig.Load(), new MemoryStream());
        byte[] input = [1, 2, 3];
        _ = isAsync ? await plugin.CallAsync("run", input, sink) : plugin.Call("run", input, sink);
        Assert.That(Encoding.UTF8.GetString(sink.ToArray()), Is.EqualTo("one, two"));
    }

    [Test]
    public void Write_InInitialization_IsDroppedYetCounted([Values(4, 100)] int limit)
    {
        using var rig = new Rig().Guest("run", _ => 0).Limits(limits => limits with { OutputBytes = limit });
        rig.Engine.Initialize = guest => guest.Output("dropped");
        Assert.That(
            () => rig.Load().Call("run", []).Output.Length,
            limit == 100 ? Is.Zero : Throws.TypeOf<PluginLimitException>());
    }

    [Test]
    public void Output_OfTwoCalls_IsNotShared()
    {
        using var rig = new Rig().Guest("run", guest =>
        {
            guest.InputRead(0, 1);
            guest.OutputWrite(0, 1);
            return 0;
        });
        using var session = rig.Load().OpenSession();
        var first = session.Call("run", [1]).Output;
        session.Call("run", [2]);
        Assert.That(first.ToArray(), Is.EqualTo(new byte[] { 1 }));
    }

    private static void Call(Rig rig, Stream sink, bool isAsync)
    {
        var plugin = rig.Load();
        if (isAsync)
        {
            plugin.CallAsync("run", Stream.Null, sink).GetAwaiter().GetResult();
        }
        else
        {
            plugin.Call("run", Stream.Null, sink);
        }
    }
}

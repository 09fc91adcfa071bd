using Plugins.Host.Errors;
using Plugins.Host.Tests.Support;

namespace Plugins.Host.Tests.Calls.Exchange;

internal sealed class InputTests
{
    private static readonly byte[] Input = [.. Enumerable.Range(0, 5_000).Select(number => (byte)number)];

    [Test]
    public void Length_OfBytes_IsTheirNumber()
    {
        using var rig = new Rig().Guest("run", guest => guest.InputLength() == Input.Length ? 0 : 1);
        Assert.That(() => rig.Load().Call("run", Input), Throws.Nothing);
    }

    [TestCase(1)]
    [TestCase(999)]
    [TestCase(5_000)]
    [TestCase(50_000)]
    public void Read_InPieces_GivesAllInOrder(int piece)
    {
        byte[] seen = [];
        using var rig = new Rig().Guest("run", guest => (seen = guest.ReadInput(piece)).Length - Input.Length);
        rig.Load().Call("run", Input);
        Assert.That(seen, Is.EqualTo(Input));
    }

    [Test]
    public void Read_AfterTheEnd_GivesNothing()
    {
        using var rig = new Rig().Guest("run", guest => guest.InputRead(0, 9) - 1 + guest.InputRead(0, 9));
        Assert.That(() => rig.Load().Call("run", [1]), Throws.Nothing);
    }

    [Test]
    public void Length_OfAStream_IsUnknown()
    {
        using var rig = new Rig().Guest("run", guest => guest.InputLength() == -1 ? 0 : 1);
        Assert.That(() => rig.Load().Call("run", new MemoryStream(Input), Stream.Null), Throws.Nothing);
    }

    [Test]
    public void Read_OfAStream_GivesAllInOrder([Values] bool isAsync)
    {
        byte[] seen = [];
        using var rig = new Rig().Guest("run", guest => (seen = guest.ReadInput()).Length - Input.Length);
        Call(rig, new MemoryStream(Input), isAsync);
        Assert.That(seen, Is.EqualTo(Input));
    }

    [Test]
    public void Read_OfAFailingStream_FailsAsItsSource([Values] bool isAsync)
    {
        using var rig = new Rig().Guest("run", guest => guest.ReadInput().Length);
        var failure = Assert.Throws<PluginStreamException>(() => Call(rig, new FailingStream(), isAsync))!;
        Assert.That(failure.Code, Is.EqualTo(PluginErrorCode.InputStream));
        Assert.That(failure.InnerException, Is.TypeOf<IOException>());
    }

    [TestCase(999, false)]
    [TestCase(1_000, true)]
    public void Call_WithBytesAtTheLimit_IsTold(int limit, bool passes)
    {
        using var rig = new Rig().Guest("run", _ => 0).Limits(limits => limits with { InputBytes = limit });
        var plugin = rig.Load();
        Assert.That(
            () => plugin.Call("run", new byte[1_000]),
            passes ? Throws.Nothing : Throws.TypeOf<PluginLimitException>().With.Property("Requested").EqualTo(1_000));
    }

    [TestCase(4_999, false)]
    [TestCase(5_000, true)]
    public void Read_OfAStreamAtTheLimit_IsTold(int limit, bool passes)
    {
        using var rig = new Rig()
            .Guest("run", guest => guest.ReadInput().Length - Input.Length)
            .Limits(limits => limits with { InputBytes = 1, StreamedInputBytes = limit });
        Assert.That(
            () => Call(rig, new MemoryStream(Input), isAsync: false),
            passes
                ? Throws.Nothing
                : Throws.TypeOf<PluginLimitException>().With.Property("Code").EqualTo(PluginErrorCode.InputLimit));
    }

    [Test]
    public async Task Call_WithAStreamAlone_GivesTheOutputBack([Values] bool isAsync)
    {
        using var rig = new Rig().Guest("run", guest =>
        {
            guest.Output(guest.ReadInput());
            return 0;
        });
        var (plugin, input) = (rig.Load(), new MemoryStream(Input));
        var result = isAsync ? await plugin.CallAsync("run", input) : plugin.Call("run", input);
        Assert.That(result.Output.ToArray(), Is.EqualTo(Input));
    }

    [Test]
    public void Read_OfAnInitialization_IsEmpty()
    {
        var length = -2;
        using var rig = new Rig().Guest("run", _ => 0);
        rig.Engine.Initialize = guest => length = guest.InputLength() + guest.InputRead(0, 10);
        rig.Load();
        Assert.That(length, Is.Zero);
    }

    private static void Call(Rig rig, Stream input, bool isAsync)
    {
        var plugin = rig.Load();
        if (isAsync)
        {
            plugin.CallAsync("run", input, Stream.Null).GetAwaiter().GetResult();
        }
        else
        {
            plugin.Call("run", input, Stream.Null);
        }
    }
}

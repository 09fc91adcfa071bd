using System.Buffers;
using Plugins.Host.MessagePack.Tests.Samples;
using Plugins.Host.MessagePack.Tests.Support;

namespace Plugins.Host.MessagePack.Tests.Resolving;

/// <summary>The library recurses into what it writes, and objects in a circle would end the process.</summary>
internal sealed class WritingDepthTests
{
    private const int SmallStack = 256 * 1_024;

    private static IEnumerable<TestCaseData> Circles =>
    [
        Circle("a member", ring => ring.Next = ring),
        Circle("a list", ring => ring.Many = [ring]),
        Circle("a dictionary", ring => ring.Named = new(StringComparer.Ordinal) { ["a"] = ring }),
        Circle("an untyped member", ring => ring.Any = ring),
        Circle("an untyped list", ring => ring.Any = new object[] { ring }),
        Circle("a structure", ring => ring.Linked = new Link(ring)),
    ];

    [TestCaseSource(nameof(Circles))]
    public void Circle_OfObjects_IsRefused(Ring ring) => Assert.That(
        () => Hex.Write(ring),
        Throws.TypeOf<MessagePackPayloadException>().With.Property("Problem").EqualTo(MessagePackProblem.TooDeep));

    [Test]
    public void Circle_OfListsOfObjects_IsRefused()
    {
        var list = new List<object>();
        list.Add(list);
        Assert.That(
            () => Hex.Write(list),
            Throws.TypeOf<MessagePackPayloadException>().With.Property("Problem").EqualTo(MessagePackProblem.TooDeep));
    }

    [TestCase(64)]
    [TestCase(MessagePackPayloadOptions.DeepestAllowed)]
    public void Objects_ToTheLimit_AreWrittenAndReadOnASmallStack(int depth)
    {
        var format = new MessagePackPayloadFormat(new MessagePackPayloadOptions { MaximumDepth = depth });
        Ring? read = null;
        OnASmallStack(() => read = Hex.Read<Ring>(Hex.WriteBytes(Chain(depth), format), format));
        Assert.That(DepthOf(read), Is.EqualTo(depth));
        Assert.That(
            () => Hex.Write(Chain(depth + 1), format),
            Throws.TypeOf<MessagePackPayloadException>().With.Property("Problem").EqualTo(MessagePackProblem.TooDeep));
    }

    [Test]
    public void Objects_AfterARefusal_AreWrittenAsBefore()
    {
        var circle = new Ring();
        circle.Next = circle;
        string before = Hex.Write(Chain(64));
        Assert.That(() => Hex.Write(circle), Throws.TypeOf<MessagePackPayloadException>());
        Assert.That(Hex.Write(Chain(64)), Is.EqualTo(before));
    }

    [Test]
    public void Value_Written_TakesNoMemory()
    {
        var output = new ArrayBufferWriter<byte>(4_096);
        Order order = Order.Create();
        Hex.Format.Write(output, order);
        output.ResetWrittenCount();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Hex.Format.Write(output, order);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(100));
    }

    private static TestCaseData Circle(string name, Action<Ring> close)
    {
        var ring = new Ring();
        close(ring);
        return new TestCaseData(ring).SetArgDisplayNames(name);
    }

    private static Ring Chain(int depth) => new() { Next = depth > 1 ? Chain(depth - 1) : null };

    private static int DepthOf(Ring? ring) => ring is null ? 0 : 1 + DepthOf(ring.Next);

    private static void OnASmallStack(Action action)
    {
        Exception? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    action();
                }
                catch (Exception exception)
                {
                    failure = exception;
                }
            },
            SmallStack);
        thread.Start();
        thread.Join();
        Assert.That(failure, Is.Null);
    }
}

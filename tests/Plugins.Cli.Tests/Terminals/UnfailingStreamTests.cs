using Plugins.Cli.Terminals;

namespace Plugins.Cli.Tests.Terminals;

internal sealed class UnfailingStreamTests
{
    [Test]
    public void Write_OfAStreamThatWorks_PassesThrough()
    {
        using var inner = new MemoryStream();
        using var stream = new UnfailingStream(inner);
        stream.Write("abc"u8);
        stream.Write([1, 2, 3], 1, 2);
        stream.Flush();
        Assert.That((inner.ToArray(), stream.Failure), Is.EqualTo(("abc\x02\x03"u8.ToArray(), (IOException?)null)));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void Write_AfterAFailure_KeepsTheFirstAndWritesNoMore(bool failsAtFlush)
    {
        using var inner = new FullStream { FailsAtFlush = failsAtFlush };
        using var stream = new UnfailingStream(inner);
        stream.Write("abc"u8);
        stream.Flush();
        var failure = stream.Failure;
        stream.Write("def"u8);
        stream.Flush();
        Assert.That(failure, Is.Not.Null.And.SameAs(stream.Failure));
        Assert.That(inner.Attempts, Is.EqualTo(1));
    }

    /// <summary>A disk without room.</summary>
    private sealed class FullStream : MemoryStream
    {
        internal bool FailsAtFlush { get; init; }

        internal int Attempts { get; private set; }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (!FailsAtFlush)
            {
                Fail();
            }
        }

        public override void Flush() => Fail();

        private void Fail()
        {
            Attempts++;
            throw new IOException("No space left on device");
        }
    }
}

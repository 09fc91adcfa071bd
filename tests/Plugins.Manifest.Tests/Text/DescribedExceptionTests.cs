using Plugins.Manifest.Text;

namespace Plugins.Manifest.Tests.Text;

internal sealed class DescribedExceptionTests
{
    [Test]
    public void Describe_OfAnOrdinaryException_TellsTypesMessagesAndStacks()
    {
        var inner = Thrown(new FormatException("inner"));

        var text = VisibleText.Describe(Thrown(new InvalidOperationException("outer", inner)));

        Assert.That(text, Does.StartWith(
            "System.InvalidOperationException: outer\n ---> System.FormatException: inner\n   at "));
        Assert.That(text, Does.Contain("\n   --- End of inner exception stack trace ---\n   at "));
        Assert.That(text, Does.Contain(nameof(Thrown)));
    }

    [Test]
    public void Describe_OfHostileMessages_IsBoundedAndOneLineEach()
    {
        var hostile = string.Concat(Enumerable.Repeat("\r\nfail: \u001b[2J\u202e\u200f", 100_000));
        Exception exception = new FormatException(hostile);
        for (var depth = 0; depth < 1_000; depth++)
        {
            exception = new InvalidOperationException(hostile, exception);
        }

        var text = VisibleText.Describe(exception);

        Assert.That(text, Has.Length.LessThanOrEqualTo(VisibleText.MaximumDescriptionLength));
        Assert.That(text.Split('\n').Skip(1), Has.All.Match("^( ---> |   --- )"));
        Assert.That(text.Any(character => char.IsControl(character) && character != '\n'), Is.False);
    }

    [Test]
    public void Describe_OfManyExceptionsAtOnce_TellsHowMany()
    {
        var many = Enumerable.Range(0, 100_000).Select(_ => new FormatException("one"));

        Assert.That(VisibleText.Describe(new AggregateException(many)), Does.StartWith(
            "System.AggregateException: One or more errors occurred. "
            + "(100000 inner exceptions, the first follows)\n ---> System.FormatException: one"));
    }

    [Test]
    public void Describe_OfAnExceptionThatThrows_TellsThat()
    {
        Assert.That(
            VisibleText.Describe(new UntellableException()),
            Does.EndWith("UntellableException: (not to be had: System.NotSupportedException)\n"
                + "   (not to be had: System.NotSupportedException)"));
    }

    private static Exception Thrown(Exception exception)
    {
        try
        {
            throw exception;
        }
        catch (Exception caught)
        {
            return caught;
        }
    }

    private sealed class UntellableException : Exception
    {
        public override string Message => throw new NotSupportedException();

        public override string StackTrace => throw new NotSupportedException();
    }
}

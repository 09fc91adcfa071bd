using System.Text;

namespace Plugins.Payloads.MessagePack;

/// <summary>A MessagePack document is refused, or a value cannot be written as one.</summary>
/// <remarks>Names and paths come from the document; they are bounded, and control characters are escaped.</remarks>
public sealed class MessagePackException : PayloadException
{
    internal MessagePackException(
        MessagePackProblem problem,
        long offset,
        string? path = null,
        string? name = null,
        MessagePackType? expected = null,
        MessagePackType? actual = null)
        : base(Compose(problem, offset, path, name, expected, actual))
    {
        Problem = problem;
        Offset = offset;
        Path = path;
        Name = name;
        ExpectedType = expected;
        ActualType = actual;
    }

    /// <summary>What is wrong.</summary>
    public MessagePackProblem Problem { get; }

    /// <summary>Where the refused value begins, in bytes from the document's start.</summary>
    /// <value>When writing, how many bytes had been written.</value>
    public long Offset { get; }

    /// <summary>The way to the refused value, such as <c>$.orders[3].id</c>; null when writing.</summary>
    public string? Path { get; }

    /// <summary>The member, key or type that the problem is about, where it is about one.</summary>
    public string? Name { get; }

    /// <summary>What should have come, for <see cref="MessagePackProblem.WrongType"/>.</summary>
    public MessagePackType? ExpectedType { get; }

    /// <summary>What came instead, for <see cref="MessagePackProblem.WrongType"/>.</summary>
    public MessagePackType? ActualType { get; }

    private static string Compose(
        MessagePackProblem problem,
        long offset,
        string? path,
        string? name,
        MessagePackType? expected,
        MessagePackType? actual)
    {
        var text = new StringBuilder("MessagePack ").Append(path is null ? "output" : "document");
        text.Append(" refused at byte ").Append(offset);
        if (path is not null)
        {
            text.Append(" (").Append(path).Append(')');
        }

        text.Append(": ").Append(MessagePackProblemText.Of(problem));
        if (name is not null)
        {
            text.Append(" ('").Append(name).Append("')");
        }

        if (expected is not null)
        {
            text.Append(", ").Append(expected).Append(" is expected and ").Append(actual).Append(" found");
        }

        return text.Append('.').ToString();
    }
}

using System.Diagnostics.CodeAnalysis;

namespace Plugins.Payloads.MessagePack;

public ref partial struct MessagePackReader
{
    /// <summary>Makes the exception by which a converter refuses what it read.</summary>
    /// <param name="problem">What is wrong.</param>
    /// <param name="offset">The <see cref="Position"/> at which the refused value begins.</param>
    /// <param name="name">The member, key or type it is about; may come from the document.</param>
    /// <returns>An exception to throw, which also names the way to the value.</returns>
    public readonly MessagePackException Refuse(MessagePackProblem problem, int offset, string? name = null) =>
        new(problem, offset, MessagePackPath.Find(_bytes, offset), name is null ? null : MessagePackPath.Escape(name));

    /// <summary>Refuses the value that comes next because of its type, nil and ends included.</summary>
    private readonly MessagePackException WrongType(MessagePackType expected)
    {
        MessagePackType actual = NextType;
        return actual == MessagePackType.Nil
            ? Refuse(MessagePackProblem.UnexpectedNull, _position)
            : new(
                MessagePackProblem.WrongType,
                _position,
                MessagePackPath.Find(_bytes, _position),
                name: null,
                expected,
                actual);
    }

    [DoesNotReturn]
    private readonly void ThrowUnexpectedEnd() => throw Refuse(MessagePackProblem.UnexpectedEnd, _position);
}

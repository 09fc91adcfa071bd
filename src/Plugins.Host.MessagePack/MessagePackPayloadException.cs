using System.Globalization;
using Plugins.Host.Payloads;

namespace Plugins.Host.MessagePack;

/// <summary>A MessagePack document is refused, or a value cannot be written as one.</summary>
/// <remarks>
/// Immutable. Names in paths come from the document; they are shortened, and harmful characters are escaped.
/// </remarks>
public sealed class MessagePackPayloadException : PayloadException
{
    internal MessagePackPayloadException(
        MessagePackProblem problem, Type payloadType, long? offset = null, string? path = null, Exception? cause = null)
        : base(Compose(problem, payloadType, offset, path), cause)
    {
        Problem = problem;
        PayloadType = payloadType;
        Offset = offset;
        Path = path;
    }

    /// <summary>The reason.</summary>
    public MessagePackProblem Problem { get; }

    /// <summary>The type that was to be read or written.</summary>
    public Type PayloadType { get; }

    /// <summary>Bytes before the refused value; null when writing.</summary>
    /// <value>For <see cref="MessagePackProblem.DoesNotFit"/>, where reading stopped, which may be behind it.</value>
    public long? Offset { get; }

    /// <summary>The way to the refused value, such as <c>$.orders[3].id</c>; null when writing.</summary>
    public string? Path { get; }

    private static string Compose(MessagePackProblem problem, Type type, long? offset, string? path)
    {
        string place = offset is null
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $" at byte {offset} ({path})");
        return $"MessagePack refused for '{type}'{place}: {Describe(problem)}.";
    }

    private static string Describe(MessagePackProblem problem) => problem switch
    {
        MessagePackProblem.UnexpectedEnd => "the document ends before this value does",
        MessagePackProblem.TrailingBytes => "bytes follow the value",
        MessagePackProblem.ReservedByte => "the byte 0xC1 is reserved",
        MessagePackProblem.InvalidUtf8 => "the text is not UTF-8",
        MessagePackProblem.DuplicateKey => "the map has this key twice",
        MessagePackProblem.TooDeep => "arrays and maps are nested too deeply",
        MessagePackProblem.TooManyValues => "there are too many values",
        MessagePackProblem.TooLarge => "the values would take too much memory",
        MessagePackProblem.UnexpectedNull => "a value is required and there is none",
        MessagePackProblem.DoesNotFit => "the document does not fit the type",
        _ => "the value cannot be written",
    };
}

namespace Plugins.Host.MessagePack;

/// <summary>The reason why a MessagePack document, or a value to be written as one, was refused.</summary>
public enum MessagePackProblem
{
    /// <summary>The document ends within a value, or announces more than it holds.</summary>
    UnexpectedEnd,

    /// <summary>Bytes follow the value.</summary>
    TrailingBytes,

    /// <summary>The byte 0xC1, which the specification reserves.</summary>
    ReservedByte,

    /// <summary>A string's bytes are not UTF-8.</summary>
    InvalidUtf8,

    /// <summary>A map has a string twice among its keys.</summary>
    DuplicateKey,

    /// <summary>Arrays and maps are nested too deeply, which objects in a circle are too.</summary>
    TooDeep,

    /// <summary>There are too many values.</summary>
    TooManyValues,

    /// <summary>The values would take too much memory.</summary>
    TooLarge,

    /// <summary>Nil, or null, is the whole document of a type that is not nullable.</summary>
    UnexpectedNull,

    /// <summary>The document is well-formed and does not fit the type; the cause tells more.</summary>
    DoesNotFit,

    /// <summary>The value has no form in MessagePack; the cause tells more.</summary>
    NotWritable,
}

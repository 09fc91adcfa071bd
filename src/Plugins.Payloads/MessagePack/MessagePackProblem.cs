namespace Plugins.Payloads.MessagePack;

/// <summary>Why a MessagePack document, or a value that was to be written as one, was refused.</summary>
public enum MessagePackProblem
{
    /// <summary>The document ends within a value, or announces more than it holds.</summary>
    UnexpectedEnd,

    /// <summary>Bytes follow the value.</summary>
    TrailingBytes,

    /// <summary>The byte 0xC1, which the specification reserves.</summary>
    ReservedByte,

    /// <summary>A value of another type was expected here.</summary>
    WrongType,

    /// <summary>The type fits, and the value is outside the range of what it is read into.</summary>
    OutOfRange,

    /// <summary>Arrays and maps are nested deeper than allowed, which objects in a circle are too.</summary>
    TooDeep,

    /// <summary>What is read would take more memory than its size in the document justifies.</summary>
    TooLarge,

    /// <summary>A string's bytes are not UTF-8, or text that is written has half a surrogate pair.</summary>
    InvalidUnicode,

    /// <summary>A string does not have the form its target demands, such as that of a GUID.</summary>
    InvalidText,

    /// <summary>An extension is no timestamp, or has a form that timestamps cannot have.</summary>
    InvalidTimestamp,

    /// <summary>A map has one key twice.</summary>
    DuplicateKey,

    /// <summary>A map has a key that its type, which tolerates none, does not know.</summary>
    UnknownMember,

    /// <summary>A map lacks keys that its type requires.</summary>
    MissingMember,

    /// <summary>Nil, or null, where the type promises a value.</summary>
    UnexpectedNull,

    /// <summary>An array's length is not the one that its type has.</summary>
    WrongLength,

    /// <summary>The discriminator is missing, not in front, or names no type that is known here.</summary>
    UnknownDiscriminator,

    /// <summary>A time to be written says neither that it is UTC nor what its offset is.</summary>
    NotUtc,

    /// <summary>Too many keys or elements have the same hash code.</summary>
    CollidingKeys,
}

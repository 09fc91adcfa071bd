namespace Plugins.Manifest;

/// <summary>The rule of the format that a document breaks.</summary>
public enum ManifestFormatProblem
{
    /// <summary>No problem; never thrown.</summary>
    None = 0,

    /// <summary>The text is not JSON (RFC 8259).</summary>
    InvalidJson,

    /// <summary>The bytes are not UTF-8.</summary>
    InvalidUtf8,

    /// <summary>The document starts with a byte order mark.</summary>
    ByteOrderMark,

    /// <summary>An object contains a name twice.</summary>
    DuplicateKey,

    /// <summary>A number has a fraction or an exponent, or is a negative zero.</summary>
    NotAnInteger,

    /// <summary>A number is outside the range of its field, or of ±(2^53 − 1) anywhere.</summary>
    OutOfRange,

    /// <summary>Arrays and objects are nested too deeply.</summary>
    TooDeep,

    /// <summary>The document is too large.</summary>
    TooLarge,

    /// <summary>The document holds too many values in all.</summary>
    TooManyValues,

    /// <summary>A string holds a control, a mark that reorders or hides text, or half a surrogate pair.</summary>
    ForbiddenCharacter,

    /// <summary>A required field is missing.</summary>
    MissingField,

    /// <summary>A field is present where it must not be.</summary>
    UnexpectedField,

    /// <summary>A value has the wrong JSON type for its field.</summary>
    WrongType,

    /// <summary>A value has the right type but the wrong form.</summary>
    InvalidValue,

    /// <summary>A string is longer than its field allows.</summary>
    TooLong,

    /// <summary>An array holds more or fewer items than its field allows.</summary>
    WrongCount,

    /// <summary>Two items of a list claim the same name.</summary>
    DuplicateEntry,

    /// <summary>A string is not strict, padded base64.</summary>
    InvalidBase64,

    /// <summary>A field is not part of the format, in a document that may have no others.</summary>
    UnknownField,
}

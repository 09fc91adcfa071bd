namespace Plugins.Wasm.Text.Lexing;

/// <summary>What a token is by its first characters. WebAssembly 3.0, section 6.3.1.</summary>
internal enum TokenKind : byte
{
    /// <summary>The end of the text.</summary>
    End,

    /// <summary>An opening parenthesis.</summary>
    Left,

    /// <summary>A closing parenthesis.</summary>
    Right,

    /// <summary>A word that begins with a small letter; <c>inf</c> and <c>nan</c> among them.</summary>
    Keyword,

    /// <summary>A word that begins with a digit or a sign; not yet known to be a number.</summary>
    Number,

    /// <summary>A string, with its quotation marks.</summary>
    String,

    /// <summary>A dollar sign and characters.</summary>
    Identifier,

    /// <summary>A dollar sign and a string.</summary>
    QuotedIdentifier,

    /// <summary>Anything else without a space in it, which no grammar takes.</summary>
    Reserved,
}

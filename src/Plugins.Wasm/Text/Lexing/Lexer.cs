using System.Text.Unicode;
using Plugins.Wasm.Text.Writing;

namespace Plugins.Wasm.Text.Lexing;

/// <summary>Cuts a text into tokens, one at a time, from any offset at which one begins.</summary>
/// <remarks>
/// Space, comments and annotations are skipped; of those annotations that mean something, the first before a token is
/// remembered with it. Nothing recurses, and each byte is looked at once. WebAssembly 3.0, section 6.3.
/// </remarks>
internal sealed class Lexer(SourceText source)
{
    private readonly byte[] _text = source.Bytes;
    private int _annotations;

    /// <summary>Offset of the next byte to read.</summary>
    public int Position { get; set; }

    private byte Current => Position < _text.Length ? _text[Position] : (byte)0;

    private byte Following => Position + 1 < _text.Length ? _text[Position + 1] : (byte)0;

    /// <summary>The next token.</summary>
    public Token Next()
    {
        _annotations = -1;
        SkipSpace(skipsAnnotations: true);
        int start = Position;
        if (start >= _text.Length)
        {
            return new Token(TokenKind.End, start, 0, _annotations);
        }

        TokenKind kind = Current switch
        {
            (byte)'(' => Single(TokenKind.Left),
            (byte)')' => Single(TokenKind.Right),
            _ => ReadWord(),
        };
        return new Token(kind, start, Position - start, _annotations);
    }

    /// <summary>Skips space and what counts as such, up to behind an annotation that means something.</summary>
    /// <returns>Where the annotation began, or -1 where a token or the end comes first.</returns>
    public int SkipToAnnotation()
    {
        _annotations = -1;
        SkipSpace(skipsAnnotations: true, stopsAtKnown: true);
        return _annotations;
    }

    private TokenKind Single(TokenKind kind)
    {
        Position++;
        return kind;
    }

    /// <summary>Reads what no space or parenthesis divides, as the longest token wins.</summary>
    private TokenKind ReadWord()
    {
        int start = Position;
        byte first = Current;
        int parts = 0, strings = 0;
        bool isPlain = true;
        while (Position < _text.Length)
        {
            int length = Characters.IdentifierLength(_text.AsSpan(Position));
            if (length > 0)
            {
                Position += length;
            }
            else if (Current == (byte)'"')
            {
                SkipString();
                strings++;
            }
            else if (Characters.IsReserved(Current) && !StartsLineComment())
            {
                Position++;
                isPlain = false;
            }
            else
            {
                break;
            }

            parts++;
        }

        if (parts == 0)
        {
            throw Illegal();
        }

        return isPlain ? Classify(first, start, parts, strings) : TokenKind.Reserved;
    }

    private TokenKind Classify(byte first, int start, int parts, int strings)
    {
        switch (first)
        {
            case (byte)'"':
                return parts == 1 ? TokenKind.String : TokenKind.Reserved;
            case (byte)'$':
                return ClassifyIdentifier(start, parts, strings);
            case >= (byte)'a' and <= (byte)'z':
                return strings == 0 ? TokenKind.Keyword : TokenKind.Reserved;
            case (>= (byte)'0' and <= (byte)'9') or (byte)'+' or (byte)'-':
                return strings == 0 ? TokenKind.Number : TokenKind.Reserved;
            default:
                return TokenKind.Reserved;
        }
    }

    private TokenKind ClassifyIdentifier(int start, int parts, int strings)
    {
        if (strings == 0)
        {
            return Position - start > 1 ? TokenKind.Identifier : throw source.Fault("empty identifier", start);
        }

        // One string directly behind the dollar sign.
        if (parts != 2 || strings != 1 || _text[start + 1] != (byte)'"')
        {
            return TokenKind.Reserved;
        }

        return Position - start > 3
            ? TokenKind.QuotedIdentifier
            : throw source.Fault("empty identifier", start);
    }

    // Annotations in an annotation are counted, not called for, lest they nest the stack.
    private void SkipSpace(bool skipsAnnotations, bool stopsAtKnown = false)
    {
        while (Position < _text.Length && !(stopsAtKnown && _annotations >= 0))
        {
            if (Characters.IsSpace(Current))
            {
                Position++;
            }
            else if (StartsLineComment())
            {
                int length = _text.AsSpan(Position).IndexOfAny((byte)'\n', (byte)'\r');
                Position = length < 0 ? _text.Length : Position + length;
            }
            else if (Current == (byte)'(' && Following == (byte)';')
            {
                SkipBlockComment();
            }
            else if (skipsAnnotations && Current == (byte)'(' && Following == (byte)'@')
            {
                SkipAnnotation();
            }
            else
            {
                return;
            }
        }
    }

    private bool StartsLineComment() => Current == (byte)';' && Following == (byte)';';

    private void SkipBlockComment()
    {
        int start = Position;
        int depth = 0;
        do
        {
            int length = _text.AsSpan(Position).IndexOfAny((byte)'(', (byte)';');
            if (length < 0)
            {
                throw source.Fault("unclosed comment", start);
            }

            Position += length;
            if (Current == (byte)'(' && Following == (byte)';')
            {
                depth++;
                Position += 2;
            }
            else if (Current == (byte)';' && Following == (byte)')')
            {
                depth--;
                Position += 2;
            }
            else
            {
                Position++;
            }
        }
        while (depth > 0);
    }

    /// <summary>Skips an annotation, whose contents are tokens with balanced parentheses. Section 6.3.6.</summary>
    private void SkipAnnotation()
    {
        int start = Position;
        if (_annotations < 0 && Annotation.IsKnown(_text.AsSpan(start)))
        {
            _annotations = start;
        }

        SkipAnnotationStart();
        for (int depth = 1; depth > 0;)
        {
            SkipSpace(skipsAnnotations: false);
            switch (Current)
            {
                case (byte)'(' when Following == (byte)'@':
                    SkipAnnotationStart();
                    depth++;
                    break;
                case (byte)'(':
                    Position++;
                    depth++;
                    break;
                case (byte)')':
                    Position++;
                    depth--;
                    break;
                default:
                    ThrowIfUnclosed(start);
                    ReadWord();
                    break;
            }
        }
    }

    private void ThrowIfUnclosed(int start)
    {
        if (Position >= _text.Length)
        {
            throw source.Fault("unclosed annotation", start);
        }
    }

    private void SkipAnnotationStart()
    {
        int start = Position;
        Position += 2;
        int length = Characters.IdentifierLength(_text.AsSpan(Position));
        if (length > 0)
        {
            Position += length;
            return;
        }

        if (Current != (byte)'"')
        {
            throw source.Fault("empty annotation id", start);
        }

        int quoted = Position;
        SkipString();
        var name = new ByteWriter();
        StringLiteral.Decode(_text.AsSpan(quoted, Position - quoted), name);
        if (name.Length == 0)
        {
            throw source.Fault("empty annotation id", start);
        }

        if (!Utf8.IsValid(name.Written))
        {
            throw source.Fault("malformed UTF-8 encoding", quoted);
        }
    }

    /// <summary>Skips a string whose escapes are right. Section 6.3.3.</summary>
    private void SkipString()
    {
        int start = Position++;
        while (true)
        {
            if (Position >= _text.Length || Current is (byte)'\n' or (byte)'\r')
            {
                throw source.Fault("unclosed string", start);
            }

            switch (Current)
            {
                case (byte)'"':
                    Position++;
                    return;
                case (byte)'\\':
                    int length = StringLiteral.EscapeLength(_text.AsSpan(Position));
                    Position += length > 0 ? length : throw source.Fault("illegal escape", Position);
                    break;
                case < 0x20 or 0x7F:
                    throw Illegal();
                default:
                    Position++;
                    break;
            }
        }
    }

    private MalformedTextException Illegal() => source.Fault("illegal character", Position);
}

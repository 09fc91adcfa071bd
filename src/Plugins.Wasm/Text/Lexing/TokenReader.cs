using System.Text;
using System.Text.Unicode;
using Plugins.Wasm.Text.Writing;

namespace Plugins.Wasm.Text.Lexing;

/// <summary>Reads a text token by token, with one more to look at, and can go back to where one began.</summary>
internal sealed class TokenReader
{
    // A word in a message; the root exception cuts the rest.
    private const int ShownBytes = 100;

    // Tokens between two looks at the cancellation.
    private const int Patience = 0x1000;

    private readonly SourceText _source;
    private readonly Lexer _lexer;
    private readonly ByteWriter _string = new();
    private readonly CancellationToken _cancellationToken;
    private Token _following;
    private int _taken;
    private bool _hasFollowing;

    public TokenReader(SourceText source, int position = 0, CancellationToken cancellationToken = default)
    {
        _source = source;
        _cancellationToken = cancellationToken;
        _lexer = new Lexer(source) { Position = position };
        Current = _lexer.Next();
    }

    /// <summary>The token that is read next.</summary>
    public Token Current { get; private set; }

    /// <summary>The token behind that.</summary>
    public Token Following
    {
        get
        {
            if (!_hasFollowing)
            {
                _following = _lexer.Next();
                _hasFollowing = true;
            }

            return _following;
        }
    }

    /// <summary>The text of <see cref="Current"/>.</summary>
    public ReadOnlySpan<byte> Text => TextOf(Current);

    public ReadOnlySpan<byte> TextOf(Token token) => _source.Bytes.AsSpan(token.Start, token.Length);

    public Token Take()
    {
        if (++_taken % Patience == 0)
        {
            _cancellationToken.ThrowIfCancellationRequested();
        }

        Token taken = Current;
        Current = Following;
        _hasFollowing = false;
        return taken;
    }

    /// <summary>Goes to where a token began.</summary>
    public void MoveTo(Token token)
    {
        _lexer.Position = token.End;
        _hasFollowing = false;
        Current = token;
    }

    public bool Is(TokenKind kind) => Current.Kind == kind;

    public bool IsKeyword(ReadOnlySpan<byte> word) => Is(TokenKind.Keyword) && Text.SequenceEqual(word);

    /// <summary>Whether a parenthesis and that word come next.</summary>
    public bool IsLeft(ReadOnlySpan<byte> word) =>
        Is(TokenKind.Left) && Following.Kind == TokenKind.Keyword && TextOf(Following).SequenceEqual(word);

    public bool IsIdentifier => Current.Kind is TokenKind.Identifier or TokenKind.QuotedIdentifier;

    /// <summary>Whether an index comes next: an identifier or a number.</summary>
    public bool IsIndex => IsIdentifier || Is(TokenKind.Number);

    public bool TryTake(TokenKind kind)
    {
        bool isThere = Is(kind);
        if (isThere)
        {
            Take();
        }

        return isThere;
    }

    public bool TryTakeKeyword(ReadOnlySpan<byte> word)
    {
        bool isThere = IsKeyword(word);
        if (isThere)
        {
            Take();
        }

        return isThere;
    }

    /// <summary>Takes a parenthesis and that word, where they come next.</summary>
    public bool TryTakeLeft(ReadOnlySpan<byte> word)
    {
        bool isThere = IsLeft(word);
        if (isThere)
        {
            Take();
            Take();
        }

        return isThere;
    }

    public Token Expect(TokenKind kind) => Is(kind) ? Take() : throw Unexpected();

    public void ExpectLeft(ReadOnlySpan<byte> word)
    {
        if (!TryTakeLeft(word))
        {
            throw Unexpected();
        }
    }

    public void ExpectRight() => Expect(TokenKind.Right);

    /// <summary>Like <see cref="ExpectRight"/>, but leaves the parenthesis: nothing behind it is read.</summary>
    public void RequireRight()
    {
        if (!Is(TokenKind.Right))
        {
            throw Unexpected();
        }
    }

    /// <summary>Skips to behind the parenthesis that closes what is open now.</summary>
    public void SkipToRight()
    {
        for (int depth = 1; depth > 0;)
        {
            switch (Take().Kind)
            {
                case TokenKind.Left:
                    depth++;
                    break;
                case TokenKind.Right:
                    depth--;
                    break;
                case TokenKind.End:
                    throw Unexpected();
            }
        }
    }

    /// <summary>Takes a string's bytes, which hold until the next is taken.</summary>
    public ReadOnlySpan<byte> TakeString()
    {
        _string.CutTo(0);
        StringLiteral.Decode(TextOf(Expect(TokenKind.String)), _string);
        return _string.Written;
    }

    /// <summary>Takes a string that must be UTF-8.</summary>
    public ReadOnlySpan<byte> TakeName()
    {
        Token token = Current;
        ReadOnlySpan<byte> name = TakeString();
        return Utf8.IsValid(name) ? name : throw Fault("malformed UTF-8 encoding", token);
    }

    /// <summary>Takes an identifier without its dollar sign, where one comes next.</summary>
    public string? TryTakeIdentifier() => Current.Kind switch
    {
        TokenKind.Identifier => Encoding.ASCII.GetString(TextOf(Take())[1..]),
        TokenKind.QuotedIdentifier => Unquote(Take()),
        _ => null,
    };

    /// <summary>Takes a number without a sign.</summary>
    public ulong TakeUnsigned(ulong maximum, string range)
    {
        Token token = Expect(TokenKind.Number);
        LiteralFault fault = IntegerLiteral.ReadUnsigned(TextOf(token), maximum, out ulong value);
        ThrowIf(fault, token, range);
        return value;
    }

    /// <summary>Takes a whole number of so many bits.</summary>
    public ulong TakeInteger(int bits, string range)
    {
        Token token = Expect(TokenKind.Number);
        ThrowIf(IntegerLiteral.Read(TextOf(token), bits, out ulong value), token, range);
        return value;
    }

    /// <summary>Takes a floating-point number; <c>inf</c> and <c>nan</c> are words.</summary>
    public ulong TakeFloat(FloatFormat format)
    {
        Token token = Current.Kind == TokenKind.Keyword ? Take() : Expect(TokenKind.Number);
        ThrowIf(FloatLiteral.Read(TextOf(token), format, out ulong bits), token, "constant out of range");
        return bits;
    }

    /// <summary>The contents of the next annotation of a name between the token before and this one, or null.</summary>
    /// <param name="start">How it begins.</param>
    /// <param name="from">Where the last one ended, and then where this one does; 0 to begin with.</param>
    public TokenReader? NextAnnotation(ReadOnlySpan<byte> start, ref int from)
    {
        if (Current.Annotations < 0)
        {
            return null;
        }

        var lexer = new Lexer(_source) { Position = Math.Max(from, Current.Annotations) };
        while (lexer.SkipToAnnotation() is >= 0 and int found)
        {
            from = lexer.Position;
            if (Annotation.Starts(_source.Bytes.AsSpan(found), start))
            {
                return new TokenReader(_source, found + start.Length);
            }
        }

        return null;
    }

    public MalformedTextException Fault(string reason, Token token) => _source.Fault(reason, token.Start);

    /// <summary>The current token does not belong where it stands.</summary>
    public MalformedTextException Unexpected() => Fault(
        Current.Kind switch
        {
            TokenKind.End => "unexpected token: the text ends here",
            TokenKind.Reserved => $"unknown operator {Show(Current)}",
            _ => $"unexpected token {Show(Current)}",
        },
        Current);

    /// <summary>A token as it may stand in a message.</summary>
    public string Show(Token token)
    {
        ReadOnlySpan<byte> text = TextOf(token);
        return Encoding.UTF8.GetString(text[..Math.Min(text.Length, ShownBytes)]);
    }

    private string Unquote(Token token)
    {
        var name = new ByteWriter();
        StringLiteral.Decode(TextOf(token)[1..], name);
        return Utf8.IsValid(name.Written)
            ? Encoding.UTF8.GetString(name.Written)
            : throw Fault("malformed UTF-8 encoding", token);
    }

    private void ThrowIf(LiteralFault fault, Token token, string range)
    {
        switch (fault)
        {
            case LiteralFault.None:
                return;
            case LiteralFault.Range:
                throw Fault(range, token);
            default:
                // A number of another kind, or a word, is in the wrong place; anything else is no word at all.
                bool isNumber = FloatLiteral.Read(TextOf(token), FloatFormat.Double, out _) != LiteralFault.Syntax;
                string what = isNumber || token.Kind == TokenKind.Keyword ? "unexpected token" : "unknown operator";
                throw Fault($"{what} {Show(token)}", token);
        }
    }
}

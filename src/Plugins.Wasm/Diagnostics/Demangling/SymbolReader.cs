namespace Plugins.Wasm.Diagnostics.Demangling;

/// <summary>Reads the characters of a mangled name; past its end there are zeros.</summary>
internal sealed class SymbolReader(string symbol, DemanglingBudget budget)
{
    public const char End = '\0';

    public int Position { get; set; }

    public bool IsAtEnd => Position >= symbol.Length;

    public char Peek(int ahead = 0) => Position + ahead < symbol.Length ? symbol[Position + ahead] : End;

    public char Read()
    {
        char next = Peek();
        Position++;
        return next;
    }

    public bool TryRead(char expected)
    {
        if (Peek() != expected)
        {
            return false;
        }

        Position++;
        return true;
    }

    public bool TryRead(string expected)
    {
        if (!symbol.AsSpan(Math.Min(Position, symbol.Length)).StartsWith(expected))
        {
            return false;
        }

        Position += expected.Length;
        return true;
    }

    public void Expect(char expected)
    {
        if (!TryRead(expected))
        {
            budget.Fail();
        }
    }

    /// <summary>A decimal number that is no larger than the name is long; others fail.</summary>
    public int ReadNumber()
    {
        // A zero stands alone: another number may follow at once.
        if (TryRead('0'))
        {
            return 0;
        }

        int number = 0;
        if (!char.IsAsciiDigit(Peek()))
        {
            budget.Fail();
        }

        while (char.IsAsciiDigit(Peek()) && !budget.HasFailed)
        {
            number = (number * 10) + (Read() - '0');
            if (number > Demangler.MaximumLength)
            {
                budget.Fail();
            }
        }

        return number;
    }

    public string ReadText(int length)
    {
        if (length > symbol.Length - Position)
        {
            budget.Fail();
            return string.Empty;
        }

        string text = symbol.Substring(Position, length);
        Position += length;
        return text;
    }

    /// <summary>The characters up to another one, which is passed over.</summary>
    public string ReadUntil(char end)
    {
        int length = symbol.AsSpan(Math.Min(Position, symbol.Length)).IndexOf(end);
        if (length < 0)
        {
            budget.Fail();
            return string.Empty;
        }

        string text = ReadText(length);
        Position++;
        return text;
    }
}

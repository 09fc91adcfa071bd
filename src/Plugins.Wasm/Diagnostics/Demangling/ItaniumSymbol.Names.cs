namespace Plugins.Wasm.Diagnostics.Demangling;

/// <content>Names. Itanium C++ ABI, section 5.1.2.</content>
internal sealed partial class ItaniumSymbol
{
    private SymbolName ReadName()
    {
        if (!_budget.TryEnter())
        {
            return new SymbolName(string.Empty);
        }

        SymbolName name = _reader.Peek() switch
        {
            'N' => ReadNested(),
            'Z' => ReadLocal(),
            _ => ReadUnscoped(),
        };
        _budget.Leave();
        return name;
    }

    private SymbolName ReadUnscoped()
    {
        string text;
        bool isConversion = false;
        if (_reader.Peek() == 'S' && _reader.Peek(1) != 't')
        {
            text = ReadSubstitution().ToString();
        }
        else
        {
            string scope = _reader.TryRead("St") ? "std::" : string.Empty;
            isConversion = IsConversion();
            text = Join(scope, ReadUnqualified(scope: string.Empty));
            if (_reader.Peek() == 'I')
            {
                Remember(new TypeText(text));
            }
        }

        bool isTemplate = _reader.Peek() == 'I';
        string arguments = isTemplate ? ReadNameArguments() : string.Empty;
        return new SymbolName(Join(text, arguments), isTemplate && !isConversion);
    }

    private SymbolName ReadNested()
    {
        _reader.Expect('N');
        string qualifiers = ReadQualifiers();
        string reference = _reader.TryRead('R') ? " &" : _reader.TryRead('O') ? " &&" : string.Empty;
        string text = string.Empty;
        string last = string.Empty;
        bool isTemplate = false;
        bool isSpecial = false;
        while (!_budget.HasFailed && !_reader.TryRead('E'))
        {
            bool isNew = true;
            char next = _reader.Peek();
            if (next == 'I')
            {
                text = Join(text, ReadNameArguments());
                isTemplate = true;
            }
            else if (next == 'T')
            {
                text = ReadTemplateParameter().ToString();
            }
            else if (next == 'S')
            {
                text = ReadSubstitution().ToString();
                last = LastName(text);
                isNew = false;
            }
            else
            {
                isSpecial = next is 'C' || (next is 'D' && char.IsAsciiDigit(_reader.Peek(1))) || IsConversion();
                last = ReadUnqualified(last);
                text = Join(text, text.Length > 0 ? "::" : string.Empty, last);
                isTemplate = false;
            }

            if (isNew && _reader.Peek() != 'E')
            {
                Remember(new TypeText(text));
            }
        }

        return new SymbolName(text, isTemplate && !isSpecial, qualifiers + reference);
    }

    // Of "std::basic_string<char>" it is "basic_string".
    private static string LastName(string text)
    {
        int end = text.IndexOf('<', StringComparison.Ordinal);
        string name = end > 0 ? text[..end] : text;
        return name[(name.LastIndexOf(':') + 1)..];
    }

    private SymbolName ReadLocal()
    {
        _reader.Expect('Z');
        string function = ReadEncoding();
        _reader.Expect('E');
        if (_reader.TryRead('s'))
        {
            SkipDiscriminator();
            return new SymbolName(Join(function, "::string literal"));
        }

        SymbolName name = ReadName();
        SkipDiscriminator();
        return name with { Text = Join(function, "::", name.Text) };
    }

    private void SkipDiscriminator()
    {
        if (_reader.TryRead("__"))
        {
            _reader.ReadNumber();
            _reader.Expect('_');
        }
        else if (_reader.TryRead('_'))
        {
            _reader.Read();
        }
    }

    private bool IsConversion() => _reader.Peek() == 'c' && _reader.Peek(1) == 'v';

    /// <param name="scope">The class's own name, for constructors and destructors.</param>
    private string ReadUnqualified(string scope)
    {
        // Of internal linkage.
        _reader.TryRead('L');
        char next = _reader.Peek();
        string name = next switch
        {
            'C' or 'D' => ReadConstructor(scope),
            'U' => ReadUnnamed(),
            _ when char.IsAsciiDigit(next) => ReadSourceName(),
            _ when char.IsAsciiLetterLower(next) => ReadOperator(),
            _ => Fail(),
        };
        while (_reader.TryRead('B'))
        {
            name = Join(name, "[abi:", ReadSourceName(), "]");
        }

        return name;
    }

    private string ReadSourceName()
    {
        string name = _reader.ReadText(_reader.ReadNumber());
        return name.StartsWith("_GLOBAL__N", StringComparison.Ordinal) ? "(anonymous namespace)" : name;
    }

    private string ReadConstructor(string scope)
    {
        bool isDestructor = _reader.Read() == 'D';
        if (!char.IsAsciiDigit(_reader.Read()) || scope.Length == 0)
        {
            return Fail();
        }

        return isDestructor ? Join("~", scope) : scope;
    }

    // Section 5.1.7; numbers as LLVM writes them.
    private string ReadUnnamed()
    {
        _reader.Expect('U');
        if (_reader.TryRead('t'))
        {
            return Join("'unnamed", ReadUntilUnderscore(), "'");
        }

        _reader.Expect('l');
        _lambdas++;
        string parameters = ReadParameters();
        _lambdas--;
        _reader.Expect('E');
        return Join("'lambda", ReadUntilUnderscore(), "'", parameters);
    }

    private string ReadUntilUnderscore() => _reader.ReadUntil('_') is var digits
        && digits.All(char.IsAsciiDigit) ? digits : Fail();

    private string ReadOperator()
    {
        if (_reader.TryRead("cv"))
        {
            return Join("operator ", ReadType().ToString());
        }

        if (_reader.TryRead("li"))
        {
            return Join("operator\"\" ", ReadSourceName());
        }

        return ItaniumTables.Operator(_reader.ReadText(2)) is string symbol ? Join("operator", symbol) : Fail();
    }

    private string Fail()
    {
        _budget.Fail();
        return string.Empty;
    }
}

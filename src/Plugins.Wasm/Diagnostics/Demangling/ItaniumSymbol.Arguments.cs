namespace Plugins.Wasm.Diagnostics.Demangling;

/// <content>
/// Template arguments and references to them, or to other parts. Itanium C++ ABI, sections 5.1.5.8 and 5.1.10.
/// </content>
internal sealed partial class ItaniumSymbol
{
    private void Remember(TypeText text)
    {
        if (_budget.TryTake(text.Before.Length + text.After.Length))
        {
            _substitutions.Add(text);
        }
    }

    private TypeText ReadSubstitution()
    {
        _reader.Expect('S');
        if (ItaniumTables.WellKnown(_reader.Peek()) is string known)
        {
            _reader.Read();
            return new TypeText(known);
        }

        int index = ReadBase36();
        return !_budget.HasFailed && index < _substitutions.Count ? _substitutions[index] : new TypeText(Fail());
    }

    private int ReadBase36()
    {
        int number = 0;
        if (_reader.TryRead('_'))
        {
            return 0;
        }

        while (!_budget.HasFailed && !_reader.TryRead('_'))
        {
            char digit = _reader.Read();
            number = (number * 36) + (char.IsAsciiDigit(digit) ? digit - '0' : digit - 'A' + 10);
            if (!(char.IsAsciiDigit(digit) || char.IsAsciiLetterUpper(digit)) || number > Demangler.MaximumLength)
            {
                _budget.Fail();
            }
        }

        return number + 1;
    }

    private TypeText ReadTemplateParameter()
    {
        _reader.Expect('T');
        int index = _reader.TryRead('_') ? 0 : _reader.ReadNumber() + 1;
        if (index > 0)
        {
            _reader.Expect('_');
        }

        if (index >= _arguments.Count)
        {
            // A lambda's own parameters have no type before it is called.
            return new TypeText(_lambdas > 0 ? "auto" : Fail());
        }

        TemplateArgument argument = _arguments[index];
        if (!argument.IsPack)
        {
            return argument.Items[0];
        }

        if (_packIndex < 0)
        {
            return new TypeText(JoinList([.. argument.Items.Select(item => item.ToString())]));
        }

        _packSize = argument.Items.Count;
        return _packIndex < argument.Items.Count ? argument.Items[_packIndex] : new TypeText(string.Empty);
    }

    /// <summary>Arguments of the name that is being read, which its types refer to.</summary>
    private string ReadNameArguments()
    {
        string text = ReadArguments(out List<TemplateArgument> arguments);
        _arguments = arguments;
        return text;
    }

    private string ReadArguments(out List<TemplateArgument> arguments)
    {
        arguments = [];
        if (!_budget.TryEnter())
        {
            return string.Empty;
        }

        _reader.Expect('I');
        List<string> texts = [];
        while (!_budget.HasFailed && !_reader.TryRead('E'))
        {
            TemplateArgument argument = ReadArgument();
            arguments.Add(argument);
            texts.AddRange(argument.Items.Select(item => item.ToString()));
        }

        _budget.Leave();
        return Join("<", JoinList(texts), ">");
    }

    private TemplateArgument ReadArgument()
    {
        if (_reader.TryRead('J'))
        {
            List<TypeText> items = [];
            while (!_budget.HasFailed && !_reader.TryRead('E'))
            {
                items.AddRange(ReadArgument().Items);
            }

            return new TemplateArgument(items, IsPack: true);
        }

        return _reader.Peek() == 'L' ? TemplateArgument.Of(new TypeText(ReadLiteral()))
            : _reader.Peek() == 'D' && _reader.Peek(1) == 'p'
                ? new TemplateArgument([.. ReadExpanded().Select(text => new TypeText(text))], IsPack: true)
            : TemplateArgument.Of(ReadType());
    }

    private string ReadLiteral()
    {
        _reader.Expect('L');
        if (_reader.TryRead("_Z"))
        {
            string function = ReadEncoding();
            _reader.Expect('E');
            return function;
        }

        string type = ReadType().ToString();
        string sign = _reader.TryRead('n') ? "-" : string.Empty;
        string digits = _reader.ReadUntil('E');
        return type switch
        {
            "bool" when digits is "0" or "1" => digits == "1" ? "true" : "false",
            "std::nullptr_t" => "nullptr",
            _ when ItaniumTables.LiteralSuffix(type) is string suffix => Join(sign, digits, suffix),
            _ => Join("(", type, ")", sign, digits),
        };
    }
}

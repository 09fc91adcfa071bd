namespace Plugins.Wasm.Diagnostics.Demangling;

/// <content>Types. Itanium C++ ABI, section 5.1.5.</content>
internal sealed partial class ItaniumSymbol
{
    private TypeText ReadType()
    {
        if (!_budget.TryEnter())
        {
            return new TypeText(string.Empty);
        }

        TypeText type = ReadTypeOrReference(out bool isKnown);
        if (!isKnown && _budget.TryTake(type.Before.Length + type.After.Length))
        {
            _substitutions.Add(type);
        }

        _budget.Leave();
        return type;
    }

    /// <param name="isKnown">Whether it is no candidate for later references, or is one already.</param>
    private TypeText ReadTypeOrReference(out bool isKnown)
    {
        char next = _reader.Peek();
        isKnown = false;
        if (ItaniumTables.BuiltIn(next) is string builtIn)
        {
            _reader.Read();
            isKnown = true;
            return new TypeText(builtIn);
        }

        if (next == 'D' && ItaniumTables.LaterBuiltIn(_reader.Peek(1)) is string later)
        {
            _reader.Position += 2;
            isKnown = true;
            return new TypeText(later);
        }

        if (next == 'S' && _reader.Peek(1) != 't')
        {
            TypeText known = ReadSubstitution();
            isKnown = _reader.Peek() != 'I';
            return isKnown ? known : new TypeText(Join(known.ToString(), ReadArguments(out _)));
        }

        return ReadComposed(next);
    }

    private TypeText ReadComposed(char next)
    {
        switch (next)
        {
            case 'r' or 'V' or 'K': return ReadQualified();
            case 'P': _reader.Read(); return ReadType().PointedToBy("*");
            case 'R': _reader.Read(); return ReadType().ReferredToBy("&");
            case 'O': _reader.Read(); return ReadType().ReferredToBy("&&");
            case 'F': return ReadFunction(qualifiers: string.Empty);
            case 'A': return ReadArray();
            case 'M': return ReadMemberPointer();
            case 'T': return ReadParameterType();
            case 'u': _reader.Read(); return new TypeText(ReadSourceName());
            case 'D' when _reader.TryRead("Do"): return ReadFunction(" noexcept");
            case 'N' or 'Z' or 'S' or (>= '0' and <= '9'): return ReadNamedType();
            default: return new TypeText(Fail());
        }
    }

    // Its template arguments are not those that the function's types refer to.
    private TypeText ReadNamedType()
    {
        IReadOnlyList<TemplateArgument> arguments = _arguments;
        SymbolName name = ReadName();
        _arguments = arguments;
        return new TypeText(name.Text);
    }

    // In the order in which they are written behind a type.
    private string ReadQualifiers()
    {
        string restricted = _reader.TryRead('r') ? " restrict" : string.Empty;
        string isVolatile = _reader.TryRead('V') ? " volatile" : string.Empty;
        return (_reader.TryRead('K') ? " const" : string.Empty) + isVolatile + restricted;
    }

    private TypeText ReadQualified()
    {
        string qualifiers = ReadQualifiers();
        TypeText type = ReadType();
        return type.After.StartsWith('(')
            ? type with { After = Join(type.After, qualifiers) }
            : type with { Before = Join(type.Before, qualifiers) };
    }

    private TypeText ReadFunction(string qualifiers)
    {
        _reader.Expect('F');
        _reader.TryRead('Y');
        TypeText result = ReadType();
        string parameters = ReadParameters();
        string reference = _reader.TryRead('R') ? " &" : _reader.TryRead('O') ? " &&" : string.Empty;
        _reader.Expect('E');
        return new TypeText(
            Join(result.Before, " "), Join(parameters, reference, qualifiers, result.After));
    }

    private TypeText ReadArray()
    {
        _reader.Expect('A');
        string length = _reader.ReadUntil('_');
        if (!length.All(char.IsAsciiDigit))
        {
            _budget.Fail();
        }

        TypeText element = ReadType();
        string more = element.After.StartsWith(" [", StringComparison.Ordinal) ? element.After[1..] : element.After;
        return new TypeText(element.Before, Join(" [", length, "]", more));
    }

    private TypeText ReadMemberPointer()
    {
        _reader.Expect('M');
        string owner = ReadType().ToString();
        TypeText member = ReadType();
        return member.After.Length > 0
            ? member.PointedToBy(Join(owner, "::*"))
            : member.PointedToBy(Join(" ", owner, "::*"));
    }

    private TypeText ReadParameterType()
    {
        TypeText parameter = ReadTemplateParameter();
        if (_reader.Peek() != 'I')
        {
            return parameter;
        }

        // A template that is an argument.
        Remember(parameter);
        return new TypeText(Join(parameter.ToString(), ReadArguments(out _)));
    }

    /// <summary>One type, or as many as a pack has that it is made of.</summary>
    private List<string> ReadExpanded()
    {
        if (!_reader.TryRead("Dp"))
        {
            return [ReadType().ToString()];
        }

        // Of each element the pattern is read anew.
        int start = _reader.Position;
        List<string> elements = [];
        (int outerIndex, int outerSize) = (_packIndex, _packSize);
        (_packIndex, _packSize) = (0, -1);
        string first = ReadType().ToString();
        int size = _packSize;
        int known = _substitutions.Count;
        if (size != 0)
        {
            elements.Add(first);
        }

        for (_packIndex = 1; _packIndex < size && !_budget.HasFailed; _packIndex++)
        {
            _reader.Position = start;
            elements.Add(ReadType().ToString());
            _substitutions.RemoveRange(known, Math.Max(0, _substitutions.Count - known));
        }

        (_packIndex, _packSize) = (outerIndex, outerSize);
        return elements;
    }
}

namespace Plugins.Wasm.Diagnostics.Demangling;

/// <summary>The names of C++ as Clang and GCC mangle them.</summary>
/// <remarks>
/// Names refer back to parts of themselves, which can double at every step: all text that is put together counts
/// against the budget. Expressions in types are not read. Itanium C++ ABI, section 5.1.
/// </remarks>
internal sealed partial class ItaniumSymbol
{
    private readonly DemanglingBudget _budget = new();
    private readonly SymbolReader _reader;
    private readonly List<TypeText> _substitutions = [];
    private IReadOnlyList<TemplateArgument> _arguments = [];
    private int _packIndex = -1;
    private int _packSize = -1;
    private int _lambdas;

    public ItaniumSymbol(string symbol) => _reader = new SymbolReader(symbol, _budget) { Position = "_Z".Length };

    public string? Demangle()
    {
        string text = ReadSpecial() ?? ReadEncoding();
        return _budget.HasFailed || !_reader.IsAtEnd ? null : text;
    }

    // Section 5.1.4, of functions that the compiler adds.
    private string? ReadSpecial()
    {
        if (_reader.TryRead("Th"))
        {
            SkipOffset();
            return Join("non-virtual thunk to ", ReadEncoding());
        }

        if (_reader.TryRead("Tv"))
        {
            SkipOffset();
            SkipOffset();
            return Join("virtual thunk to ", ReadEncoding());
        }

        return _reader.TryRead("TW") ? Join("thread-local wrapper routine for ", ReadName().Text)
            : _reader.TryRead("TH") ? Join("thread-local initialization routine for ", ReadName().Text)
            : null;
    }

    private void SkipOffset()
    {
        _reader.TryRead('n');
        _reader.ReadNumber();
        _reader.Expect('_');
    }

    /// <summary>A function: its name, and its parameters where it has any.</summary>
    private string ReadEncoding()
    {
        if (!_budget.TryEnter())
        {
            return string.Empty;
        }

        IReadOnlyList<TemplateArgument> outer = _arguments;
        SymbolName name = ReadName();
        string text = name.Text;
        if (!_reader.IsAtEnd && _reader.Peek() != 'E')
        {
            TypeText result = name.HasResult ? ReadType() : new TypeText(string.Empty);
            string space = name.HasResult && !result.Before.EndsWith(' ') ? " " : string.Empty;
            text = Join(result.Before, space, text, ReadParameters(), result.After, name.Qualifiers);
        }

        _arguments = outer;
        _budget.Leave();
        return text;
    }

    /// <summary>The types up to the end of the function's, in brackets.</summary>
    private string ReadParameters()
    {
        List<string> parameters = [];
        while (!_budget.HasFailed && !_reader.IsAtEnd && _reader.Peek() != 'E' && !IsReferenceQualifier())
        {
            parameters.AddRange(ReadExpanded());
        }

        return parameters is ["void"] ? "()" : Join("(", JoinList(parameters), ")");
    }

    // At the end of a function type; elsewhere the letters begin a type.
    private bool IsReferenceQualifier() => _reader.Peek() is 'R' or 'O' && _reader.Peek(1) == 'E';

    private string Join(params ReadOnlySpan<string> parts)
    {
        int length = 0;
        foreach (string part in parts)
        {
            length += part.Length;
        }

        return _budget.TryTake(length) ? string.Concat(parts) : string.Empty;
    }

    private string JoinList(List<string> items) =>
        _budget.TryTake(items.Sum(item => item.Length + 2)) ? string.Join(", ", items) : string.Empty;
}

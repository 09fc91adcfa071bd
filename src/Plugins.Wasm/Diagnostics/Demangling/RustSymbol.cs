using System.Globalization;
using System.Text;

namespace Plugins.Wasm.Diagnostics.Demangling;

/// <summary>Rust's scheme "v0", which spells out types and refers back to what it said.</summary>
/// <remarks>
/// References go back only, but they can double what is printed at every level: the text is cut, and the steps are
/// counted. RFC 2603 has the grammar.
/// </remarks>
internal sealed partial class RustSymbol
{
    private const int MaximumText = 1024;
    private const long Huge = long.MaxValue / 100;

    private readonly DemanglingBudget _budget = new();
    private readonly SymbolReader _reader;
    private readonly StringBuilder _text = new();
    private int _muted;
    private bool _isCut;
    private long _boundLifetimes;

    public RustSymbol(string symbol) => _reader = new SymbolReader(symbol, _budget) { Position = "_R".Length };

    public string? Demangle()
    {
        // A version of the scheme would stand here; there is none but the first.
        if (!char.IsAsciiLetterUpper(_reader.Peek()))
        {
            return null;
        }

        PrintPath(isValue: true);
        if (!_reader.IsAtEnd && !_budget.HasFailed)
        {
            // The crate that made the instance.
            _muted++;
            PrintPath(isValue: false);
            _muted--;
        }

        return _isCut ? _text.Append('…').ToString()
            : _budget.HasFailed || !_reader.IsAtEnd ? null
            : _text.ToString();
    }

    private void PrintPath(bool isValue)
    {
        if (!_budget.TryEnter())
        {
            return;
        }

        switch (_reader.Read())
        {
            case 'C':
                Print(ReadIdentifier().Name);
                break;
            case 'M':
                SkipImplementation();
                Print("<");
                PrintType();
                Print(">");
                break;
            case 'X':
                SkipImplementation();
                PrintTraitImplementation();
                break;
            case 'Y':
                PrintTraitImplementation();
                break;
            case 'N':
                PrintNested(isValue);
                break;
            case 'I':
                PrintPath(isValue);
                Print(isValue ? "::<" : "<");
                PrintList(PrintArgument);
                Print(">");
                break;
            case 'B':
                FollowReference(() => PrintPath(isValue));
                break;
            default:
                _budget.Fail();
                break;
        }

        _budget.Leave();
    }

    private void SkipImplementation()
    {
        _muted++;
        ReadDisambiguator();
        PrintPath(isValue: false);
        _muted--;
    }

    private void PrintTraitImplementation()
    {
        Print("<");
        PrintType();
        Print(" as ");
        PrintPath(isValue: false);
        Print(">");
    }

    private void PrintNested(bool isValue)
    {
        char space = _reader.Read();
        PrintPath(isValue);
        (string name, long number) = ReadIdentifier();
        if (char.IsAsciiLetterUpper(space))
        {
            string kind = space switch { 'C' => "closure", 'S' => "shim", _ => space.ToString() };
            string colon = name.Length == 0 ? string.Empty : ":";
            Print(string.Create(CultureInfo.InvariantCulture, $"::{{{kind}{colon}{name}#{number}}}"));
        }
        else if (!char.IsAsciiLetterLower(space))
        {
            _budget.Fail();
        }
        else if (name.Length > 0)
        {
            Print("::");
            Print(name);
        }
    }

    private void PrintArgument()
    {
        if (_reader.TryRead('L'))
        {
            PrintLifetime(ReadBase62());
        }
        else if (_reader.TryRead('K'))
        {
            PrintConstant();
        }
        else
        {
            PrintType();
        }
    }

    /// <summary>Prints items, with commas between them, up to an <c>E</c>.</summary>
    /// <returns>The number of items.</returns>
    private int PrintList(Action item, string separator = ", ")
    {
        int count = 0;
        for (; !_budget.HasFailed && !_reader.TryRead('E'); count++)
        {
            Print(count == 0 ? string.Empty : separator);
            item();
        }

        return count;
    }

    /// <summary>Goes back to where something was said before, and on from here afterwards.</summary>
    private void FollowReference(Action print)
    {
        int here = _reader.Position - 1;
        long target = ReadBase62() + "_R".Length;
        if (target >= here)
        {
            _budget.Fail();
            return;
        }

        // What is not printed need not be read either.
        if (_muted == 0)
        {
            int next = _reader.Position;
            _reader.Position = (int)target;
            print();
            _reader.Position = next;
        }
    }

    private (string Name, long Number) ReadIdentifier()
    {
        long number = ReadDisambiguator();
        return (ReadName(), number);
    }

    private string ReadName()
    {
        // Names that are not ASCII are spelt in another code.
        if (_reader.Peek() == 'u')
        {
            _budget.Fail();
            return string.Empty;
        }

        int length = _reader.ReadNumber();
        _reader.TryRead('_');
        return _reader.ReadText(length);
    }

    private long ReadDisambiguator() => _reader.TryRead('s') ? ReadBase62() + 1 : 0;

    private long ReadBase62()
    {
        long number = 0;
        if (_reader.TryRead('_'))
        {
            return 0;
        }

        while (!_budget.HasFailed && !_reader.TryRead('_'))
        {
            char digit = _reader.Read();
            int value = char.IsAsciiDigit(digit) ? digit - '0'
                : char.IsAsciiLetterLower(digit) ? digit - 'a' + 10
                : char.IsAsciiLetterUpper(digit) ? digit - 'A' + 36
                : -1;
            if (value < 0)
            {
                _budget.Fail();
            }

            // Crates are told apart by numbers of 64 bits, which nobody needs to know.
            number = number > Huge ? Huge : (number * 62) + value;
        }

        return number + 1;
    }

    private void Print(string text)
    {
        if (_muted > 0 || _isCut)
        {
            return;
        }

        _text.Append(text);
        if (_text.Length > MaximumText)
        {
            _text.Length = MaximumText;
            _isCut = true;
            _budget.Fail();
        }
    }
}

using System.Globalization;

namespace Plugins.Wasm.Diagnostics.Demangling;

/// <content>Types, lifetimes and constants.</content>
internal sealed partial class RustSymbol
{
    private static string? BasicType(char tag) => tag switch
    {
        'a' => "i8",
        'b' => "bool",
        'c' => "char",
        'd' => "f64",
        'e' => "str",
        'f' => "f32",
        'h' => "u8",
        'i' => "isize",
        'j' => "usize",
        'l' => "i32",
        'm' => "u32",
        'n' => "i128",
        'o' => "u128",
        'p' => "_",
        's' => "i16",
        't' => "u16",
        'u' => "()",
        'v' => "...",
        'x' => "i64",
        'y' => "u64",
        'z' => "!",
        _ => null,
    };

    private void PrintType()
    {
        if (!_budget.TryEnter())
        {
            return;
        }

        char tag = _reader.Peek();
        if (BasicType(tag) is string basic)
        {
            _reader.Read();
            Print(basic);
        }
        else if (tag is 'C' or 'M' or 'X' or 'Y' or 'N' or 'I')
        {
            PrintPath(isValue: false);
        }
        else
        {
            _reader.Read();
            PrintComposed(tag);
        }

        _budget.Leave();
    }

    private void PrintComposed(char tag)
    {
        switch (tag)
        {
            case 'A': PrintArray(hasLength: true); break;
            case 'S': PrintArray(hasLength: false); break;
            case 'T': PrintTuple(); break;
            case 'R': PrintReference("&"); break;
            case 'Q': PrintReference("&mut "); break;
            case 'P': PrintPrefixed("*const "); break;
            case 'O': PrintPrefixed("*mut "); break;
            case 'F': PrintInBinder(PrintFunction); break;
            case 'D': PrintDynamic(); break;
            case 'B': FollowReference(PrintType); break;
            default: _budget.Fail(); break;
        }
    }

    private void PrintPrefixed(string prefix)
    {
        Print(prefix);
        PrintType();
    }

    private void PrintArray(bool hasLength)
    {
        Print("[");
        PrintType();
        if (hasLength)
        {
            Print("; ");
            PrintConstant();
        }

        Print("]");
    }

    private void PrintTuple()
    {
        Print("(");
        int count = PrintList(PrintType);
        Print(count == 1 ? ",)" : ")");
    }

    private void PrintReference(string prefix)
    {
        if (_reader.TryRead('L') && ReadBase62() is var lifetime and not 0)
        {
            Print("&");
            PrintLifetime(lifetime);
            Print(prefix[1..] is { Length: > 0 } rest ? " " + rest : " ");
        }
        else
        {
            Print(prefix);
        }

        PrintType();
    }

    private void PrintFunction()
    {
        Print(_reader.TryRead('U') ? "unsafe " : string.Empty);
        if (_reader.TryRead('K'))
        {
            string abi = _reader.TryRead('C') ? "C" : ReadName().Replace('_', '-');
            Print($"extern \"{abi}\" ");
        }

        Print("fn(");
        PrintList(PrintType);
        Print(")");
        if (!_reader.TryRead('u'))
        {
            Print(" -> ");
            PrintType();
        }
    }

    private void PrintDynamic()
    {
        Print("dyn ");
        PrintInBinder(() => PrintList(PrintBound, " + "));
        _reader.Expect('L');
        if (ReadBase62() is var lifetime and not 0)
        {
            Print(" + ");
            PrintLifetime(lifetime);
        }
    }

    private void PrintBound()
    {
        bool isOpen = PrintOpenPath();
        while (_reader.TryRead('p'))
        {
            Print(isOpen ? ", " : "<");
            isOpen = true;
            Print(ReadName());
            Print(" = ");
            PrintType();
        }

        Print(isOpen ? ">" : string.Empty);
    }

    /// <summary>Prints a trait, without the end of its generic arguments, so that bindings can follow.</summary>
    /// <returns>Whether it has any.</returns>
    private bool PrintOpenPath()
    {
        bool isOpen = false;
        if (!_budget.TryEnter())
        {
            return false;
        }

        if (_reader.TryRead('B'))
        {
            FollowReference(() => isOpen = PrintOpenPath());
        }
        else if (_reader.TryRead('I'))
        {
            PrintPath(isValue: false);
            Print("<");
            PrintList(PrintArgument);
            isOpen = true;
        }
        else
        {
            PrintPath(isValue: false);
        }

        _budget.Leave();
        return isOpen;
    }

    private void PrintInBinder(Action print)
    {
        const int MaximumBound = 26;
        long bound = _reader.TryRead('G') ? ReadBase62() + 1 : 0;
        if (bound > MaximumBound)
        {
            _budget.Fail();
            return;
        }

        for (long i = 0; i < bound; i++)
        {
            _boundLifetimes++;
            Print(i == 0 ? "for<" : ", ");
            PrintLifetime(1);
        }

        Print(bound > 0 ? "> " : string.Empty);
        print();
        _boundLifetimes -= bound;
    }

    /// <summary>Lifetimes count from the innermost binder outwards; 0 is one that was left out.</summary>
    private void PrintLifetime(long index)
    {
        const int Letters = 26;
        long depth = _boundLifetimes - index;
        if (index == 0)
        {
            Print("'_");
        }
        else if (depth is < 0 or >= Letters)
        {
            _budget.Fail();
        }
        else
        {
            Print($"'{(char)('a' + depth)}");
        }
    }

    private void PrintConstant()
    {
        if (!_budget.TryEnter())
        {
            return;
        }

        char tag = _reader.Read();
        switch (tag)
        {
            case 'B': FollowReference(PrintConstant); break;
            case 'p': Print("_"); break;
            case 'b': Print(ReadHex() == "1" ? "true" : "false"); break;
            case 'c': PrintCharacter(ReadHex()); break;
            case 'a' or 's' or 'l' or 'x' or 'n' or 'i': PrintInteger(); break;
            case 'h' or 't' or 'm' or 'y' or 'o' or 'j': PrintInteger(); break;
            default: _budget.Fail(); break;
        }

        _budget.Leave();
    }

    private void PrintInteger()
    {
        Print(_reader.TryRead('n') ? "-" : string.Empty);
        string digits = ReadHex();
        Print(ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong number)
            ? number.ToString(CultureInfo.InvariantCulture)
            : "0x" + digits);
    }

    private void PrintCharacter(string digits)
    {
        bool isCode = int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int code);
        Print(isCode && code is >= ' ' and <= '~' ? $"'{(char)code}'" : $"'\\u{{{digits}}}'");
    }

    private string ReadHex() => _reader.ReadUntil('_') is { Length: > 0 } digits ? digits : "0";
}

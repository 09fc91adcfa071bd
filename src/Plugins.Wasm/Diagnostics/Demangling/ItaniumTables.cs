namespace Plugins.Wasm.Diagnostics.Demangling;

/// <summary>The codes of C++'s built-in types, operators and well-known names.</summary>
/// <remarks>Itanium C++ ABI, sections 5.1.3, 5.1.5 and 5.1.10.</remarks>
internal static class ItaniumTables
{
    public static string? BuiltIn(char code) => code switch
    {
        'v' => "void",
        'w' => "wchar_t",
        'b' => "bool",
        'c' => "char",
        'a' => "signed char",
        'h' => "unsigned char",
        's' => "short",
        't' => "unsigned short",
        'i' => "int",
        'j' => "unsigned int",
        'l' => "long",
        'm' => "unsigned long",
        'x' => "long long",
        'y' => "unsigned long long",
        'n' => "__int128",
        'o' => "unsigned __int128",
        'f' => "float",
        'd' => "double",
        'e' => "long double",
        'g' => "__float128",
        'z' => "...",
        _ => null,
    };

    /// <summary>Built-in types whose code has a <c>D</c> before it.</summary>
    public static string? LaterBuiltIn(char code) => code switch
    {
        'a' => "auto",
        'c' => "decltype(auto)",
        'h' => "half",
        'i' => "char32_t",
        'n' => "std::nullptr_t",
        's' => "char16_t",
        'u' => "char8_t",
        _ => null,
    };

    public static string? WellKnown(char code) => code switch
    {
        't' => "std",
        'a' => "std::allocator",
        'b' => "std::basic_string",
        's' => "std::string",
        'i' => "std::istream",
        'o' => "std::ostream",
        'd' => "std::iostream",
        _ => null,
    };

    /// <summary>What ends a number in the source; null where the type is written before it.</summary>
    public static string? LiteralSuffix(string type) => type switch
    {
        "int" => string.Empty,
        "unsigned int" => "u",
        "long" => "l",
        "unsigned long" => "ul",
        "long long" => "ll",
        "unsigned long long" => "ull",
        _ => null,
    };

    public static string? Operator(string code) => code switch
    {
        "nw" => " new",
        "na" => " new[]",
        "dl" => " delete",
        "da" => " delete[]",
        "aw" => " co_await",
        "ps" or "pl" => "+",
        "ng" or "mi" => "-",
        "ad" or "an" => "&",
        "de" or "ml" => "*",
        "co" => "~",
        "dv" => "/",
        "rm" => "%",
        "or" => "|",
        "eo" => "^",
        "aS" => "=",
        "pL" => "+=",
        "mI" => "-=",
        "mL" => "*=",
        "dV" => "/=",
        "rM" => "%=",
        "aN" => "&=",
        "oR" => "|=",
        "eO" => "^=",
        "ls" => "<<",
        "rs" => ">>",
        "lS" => "<<=",
        "rS" => ">>=",
        "eq" => "==",
        "ne" => "!=",
        "lt" => "<",
        "gt" => ">",
        "le" => "<=",
        "ge" => ">=",
        "ss" => "<=>",
        "nt" => "!",
        "aa" => "&&",
        "oo" => "||",
        "pp" => "++",
        "mm" => "--",
        "cm" => ",",
        "pm" => "->*",
        "pt" => "->",
        "cl" => "()",
        "ix" => "[]",
        "qu" => "?",
        _ => null,
    };
}

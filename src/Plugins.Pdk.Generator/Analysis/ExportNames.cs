namespace Plugins.Pdk.Generator.Analysis;

/// <summary>The rules that names obey: docs/manifest.md for functions, docs/abi.md for capabilities.</summary>
internal static class ExportNames
{
    private const int MaximumLength = 255;

    /// <summary>Why a function cannot have a name, or null.</summary>
    public static string? FaultOf(string name) => name switch
    {
        "" => "it is empty",
        { Length: > MaximumLength } => "it is longer than 255 characters",
        "memory" or "_initialize" or "_start" => "it has a meaning of its own",
        _ when !name.All(IsPrintable) => "only printable ASCII without spaces, quotes and backslashes can be exported",
        _ => null,
    };

    public static bool IsCapability(string name) => name.Split('.').All(IsPart);

    private static bool IsPart(string part) => part.Length > 0 && part[0] is >= 'a' and <= 'z'
        && part.All(character => character is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_');

    private static bool IsPrintable(char character) =>
        character is > ' ' and < '\x7F' and not ('"' or '\'' or '\\' or '`');
}

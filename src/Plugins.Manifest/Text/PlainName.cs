
namespace Plugins.Manifest.Text;

/// <summary>Names of exports, imports and ABIs.</summary>
internal static class PlainName
{
    public const int MaxLength = 255;

    public const string Form = "printable ASCII without spaces, quotes and backslashes";

    public static bool IsValid(string text) =>
        text.All(character => character is > ' ' and < '\x7F' and not '"' and not '\'' and not '\\');
}

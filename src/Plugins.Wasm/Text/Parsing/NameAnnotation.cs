using System.Text;
using Plugins.Wasm.Text.Lexing;

namespace Plugins.Wasm.Text.Parsing;

/// <summary>Names that are no identifiers, or not unique. WebAssembly 3.0, appendix A.5.1.</summary>
internal static class NameAnnotation
{
    /// <summary>The name that an annotation before the current token gives, or null.</summary>
    public static string? TryTake(TokenReader reader)
    {
        int from = 0;
        if (reader.NextAnnotation(Annotation.Name, ref from) is not TokenReader annotation)
        {
            return null;
        }

        string name = Encoding.UTF8.GetString(annotation.TakeName());
        annotation.RequireRight();
        return name;
    }
}

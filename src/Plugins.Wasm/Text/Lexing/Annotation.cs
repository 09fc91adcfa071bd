namespace Plugins.Wasm.Text.Lexing;

/// <summary>The annotations that mean something here; all others are skipped. WebAssembly 3.0, appendix A.5.</summary>
internal static class Annotation
{
    /// <summary>Gives a name to what was declared before it.</summary>
    public static ReadOnlySpan<byte> Name => "(@name"u8;

    /// <summary>A custom section.</summary>
    public static ReadOnlySpan<byte> Custom => "(@custom"u8;

    public static bool IsKnown(ReadOnlySpan<byte> text) => Starts(text, Name) || Starts(text, Custom);

    /// <summary>Whether an annotation of that name begins here.</summary>
    public static bool Starts(ReadOnlySpan<byte> text, ReadOnlySpan<byte> start) =>
        text.StartsWith(start) && (text.Length == start.Length || !Characters.IsOfIdentifier(text[start.Length]));
}

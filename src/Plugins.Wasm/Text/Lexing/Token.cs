namespace Plugins.Wasm.Text.Lexing;

/// <summary>A token by its place in the text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Offset of its first byte.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="Annotations">
/// Offset of the first annotation before it, and behind the token before, that means something here; -1 for none.
/// </param>
internal readonly record struct Token(TokenKind Kind, int Start, int Length, int Annotations)
{
    public int End => Start + Length;
}

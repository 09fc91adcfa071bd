namespace Plugins.Host.MessagePack.Documents;

/// <summary>A string among the keys of a map.</summary>
/// <param name="Start">The offset of the value.</param>
/// <param name="TextStart">The offset of its text.</param>
/// <param name="Length">Bytes of text.</param>
internal readonly record struct MapKey(int Start, int TextStart, int Length)
{
    public ReadOnlySpan<byte> In(ReadOnlySpan<byte> document) => document.Slice(TextStart, Length);
}

namespace Plugins.Wasm.Text.Writing;

/// <summary>A vector of things of any length: their number goes before them once all are there.</summary>
internal sealed class SectionWriter
{
    public int Count { get; set; }

    public ByteWriter Bytes { get; } = new();

    /// <summary>Where the next one is written.</summary>
    public ByteWriter Next()
    {
        Count++;
        return Bytes;
    }

    public void WriteTo(ByteWriter output)
    {
        output.Index(Count);
        output.Bytes(Bytes.Written);
    }
}

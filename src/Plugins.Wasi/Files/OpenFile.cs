namespace Plugins.Wasi.Files;

/// <summary>An open file. Each operation names its position; the descriptor keeps its own.</summary>
internal abstract class OpenFile : OpenNode
{
    /// <summary>Reads what is there; 0 at the end.</summary>
    internal abstract FileError Read(Span<byte> target, ulong position, out int count);

    /// <summary>Writes at least one byte, unless there are none or it fails.</summary>
    /// <param name="source">The bytes.</param>
    /// <param name="position">Where; of no meaning while the file appends.</param>
    /// <param name="count">How many were written.</param>
    internal abstract FileError Write(ReadOnlySpan<byte> source, ulong position, out int count);

    internal abstract FileError SetSize(ulong size);

    internal abstract FileError SetAppend(bool appends);
}

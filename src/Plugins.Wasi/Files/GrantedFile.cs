namespace Plugins.Wasi.Files;

/// <summary>A file as a guest has it.</summary>
internal sealed class GrantedFile(OpenFile file, in OpenRequest request, bool isReadOnly, QuotaUse quota)
    : GrantedNode(file, isReadOnly, quota)
{
    private ulong _knownSize;

    /// <summary>Whether it says of itself that it can be read.</summary>
    internal bool Reads { get; } = request.OpensForReading;

    /// <summary>Whether it says of itself that it can be written.</summary>
    internal bool Writes { get; } = request.OpensForWriting;

    public override void Dispose()
    {
        base.Dispose();
        Quota.Close();
    }

    internal FileError Read(Span<byte> target, ulong position, out int count) =>
        file.Read(target, position, out count);

    /// <summary>Writes within the quota, of which a gap that it leaves takes its length too.</summary>
    internal FileError Write(ReadOnlySpan<byte> source, ulong position, bool appends, out int count)
    {
        count = 0;
        if (source.IsEmpty)
        {
            return file.Write(source, position, out count);
        }

        var gap = 0UL;
        if (!appends && position > _knownSize)
        {
            var error = Stat(out var stat);
            if (error != FileError.None)
            {
                return error;
            }

            _knownSize = Math.Max(_knownSize, stat.Size);
            gap = position > stat.Size ? position - stat.Size : 0;
        }

        var allowed = Quota.Bytes(gap, source.Length);
        if (allowed == 0)
        {
            return FileError.Quota;
        }

        var result = file.Write(source[..allowed], position, out count);
        if (count > 0)
        {
            Quota.Take(gap + (ulong)count);
            _knownSize = Math.Max(_knownSize, position + (ulong)count);
        }

        return result;
    }

    internal FileError SetSize(ulong size)
    {
        if (IsReadOnly)
        {
            return FileError.NotPermitted;
        }

        var error = Stat(out var stat);
        if (error != FileError.None)
        {
            return error;
        }

        var growth = size > stat.Size ? size - stat.Size : 0;
        if (!Quota.Has(growth))
        {
            return FileError.Quota;
        }

        error = file.SetSize(size);
        if (error == FileError.None)
        {
            Quota.Take(growth);
            _knownSize = size;
        }

        return error;
    }

    internal FileError SetAppend(bool appends) => file.SetAppend(appends);
}

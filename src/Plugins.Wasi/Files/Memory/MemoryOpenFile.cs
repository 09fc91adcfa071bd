namespace Plugins.Wasi.Files.Memory;

internal sealed class MemoryOpenFile : OpenFile
{
    private readonly MemoryFileSystem _system;
    private readonly MemoryFileNode _node;
    private readonly bool _reads;
    private readonly bool _writes;
    private bool _appends;
    private bool _isDisposed;

    internal MemoryOpenFile(MemoryFileSystem system, MemoryFileNode node, in OpenRequest request)
    {
        _system = system;
        _node = node;
        _reads = request.OpensForReading;
        _writes = request.OpensForWriting;
        _appends = request.Appends;
        node.OpenHandles++;
    }

    public override void Dispose()
    {
        lock (_system.Gate)
        {
            if (!_isDisposed)
            {
                _isDisposed = true;
                _node.OpenHandles--;
                _system.ReleaseIfGone(_node);
            }
        }
    }

    internal override FileError Stat(out FileStat stat)
    {
        lock (_system.Gate)
        {
            stat = _node.Stat();
            return FileError.None;
        }
    }

    internal override FileError SetTimes(TimeChange accessed, TimeChange modified) =>
        _system.SetTimes(_node, accessed, modified);

    internal override FileError Sync(bool dataOnly) => FileError.None;

    internal override FileError Read(Span<byte> target, ulong position, out int count)
    {
        count = 0;
        if (!_reads)
        {
            return FileError.BadDescriptor;
        }

        lock (_system.Gate)
        {
            count = _node.Read(target, position);
            return FileError.None;
        }
    }

    internal override FileError Write(ReadOnlySpan<byte> source, ulong position, out int count)
    {
        count = 0;
        if (!_writes)
        {
            return FileError.BadDescriptor;
        }

        lock (_system.Gate)
        {
            var start = _appends ? _node.Size : position;
            if (source.IsEmpty)
            {
                return FileError.None;
            }

            var error = start > (ulong)Array.MaxLength
                ? FileError.TooLarge
                : _system.Reserve(_node, Math.Max(_node.Size, start + (ulong)source.Length));
            if (error == FileError.None)
            {
                _node.Write(source, (int)start);
                _node.Touch(_system.Now);
                count = source.Length;
            }

            return error;
        }
    }

    internal override FileError SetSize(ulong size)
    {
        if (!_writes)
        {
            return FileError.Invalid;
        }

        lock (_system.Gate)
        {
            return _system.Resize(_node, size);
        }
    }

    internal override FileError SetAppend(bool appends)
    {
        _appends = appends;
        return FileError.None;
    }
}

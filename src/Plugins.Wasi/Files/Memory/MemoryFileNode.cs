namespace Plugins.Wasi.Files.Memory;

internal sealed class MemoryFileNode(ulong inode, ulong now) : MemoryNode(inode, now)
{
    private byte[] _bytes = [];
    private int _length;

    internal override NodeKind Kind => NodeKind.File;

    internal override ulong Size => (ulong)_length;

    internal int OpenHandles { get; set; }

    private ReadOnlySpan<byte> Contents => _bytes.AsSpan(0, _length);

    internal int Read(Span<byte> target, ulong position)
    {
        if (position >= (ulong)_length)
        {
            return 0;
        }

        var rest = Contents[(int)position..];
        var count = Math.Min(rest.Length, target.Length);
        rest[..count].CopyTo(target);
        return count;
    }

    /// <summary>Writes where the file reaches or will reach; the caller has made room.</summary>
    internal void Write(ReadOnlySpan<byte> source, int position)
    {
        Resize(Math.Max(_length, position + source.Length));
        source.CopyTo(_bytes.AsSpan(position));
    }

    internal void Resize(int length)
    {
        if (length > _bytes.Length)
        {
            Array.Resize(ref _bytes, (int)Math.Min(Math.Max((long)length, 2L * _bytes.Length), Array.MaxLength));
        }
        else if (length < _length)
        {
            _bytes.AsSpan(length, _length - length).Clear();
        }

        _length = length;
    }
}

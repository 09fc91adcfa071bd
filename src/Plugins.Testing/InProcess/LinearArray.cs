namespace Plugins.Testing.InProcess;

/// <summary>The linear memory of a guest in process: through it goes what guest and host give one another.</summary>
internal sealed class LinearArray
{
    // Address 0 is nobody's, so that a forgotten address shows.
    internal const int Start = 16;

    private byte[] _bytes = new byte[65_536];

    internal int Length => _bytes.Length;

    /// <summary>Room for so many bytes from <see cref="Start"/> on.</summary>
    internal Span<byte> Reserve(int length)
    {
        if (_bytes.Length - Start < length)
        {
            _bytes = new byte[checked(Start + length)];
        }

        return _bytes.AsSpan(Start, length);
    }

    internal bool TryGet(uint address, uint length, out Span<byte> span)
    {
        var isInside = (ulong)address + length <= (ulong)_bytes.Length;
        span = isInside ? _bytes.AsSpan((int)address, (int)length) : default;
        return isInside;
    }
}

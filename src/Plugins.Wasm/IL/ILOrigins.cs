namespace Plugins.Wasm.IL;

/// <summary>What some stretches of a method's code come from.</summary>
/// <remarks>A few bytes for each. Filled by one thread; then read by any number.</remarks>
internal sealed class ILOrigins
{
    private readonly List<byte> _bytes = [];
    private int _end;
    private int _origin;

    public bool IsEmpty => _bytes.Count == 0;

    /// <summary>Adds a stretch behind those that there are.</summary>
    /// <param name="start">Its first byte.</param>
    /// <param name="end">The byte after its last.</param>
    /// <param name="origin">What it comes from. One that goes back is left out.</param>
    public void Add(int start, int end, int origin)
    {
        if (start < _end || end < start || origin < _origin)
        {
            return;
        }

        Write(start - _end);
        Write(end - start);
        Write(origin - _origin);
        (_end, _origin) = (end, origin);
    }

    /// <summary>What the stretch comes from that a byte lies in; null where it lies in none.</summary>
    public int? Find(int position)
    {
        int end = 0, origin = 0;
        for (int next = 0; next < _bytes.Count;)
        {
            int start = end + Read(ref next);
            end = start + Read(ref next);
            origin += Read(ref next);
            if (position < end)
            {
                return position >= start ? origin : null;
            }
        }

        return null;
    }

    // Seven bits in each byte, and the eighth says that there are more.
    private void Write(int number)
    {
        uint rest = (uint)number;
        for (; rest >= 0x80; rest >>= 7)
        {
            _bytes.Add((byte)(rest | 0x80));
        }

        _bytes.Add((byte)rest);
    }

    private int Read(ref int next)
    {
        int number = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte part = _bytes[next++];
            number |= (part & 0x7F) << shift;
            if (part < 0x80)
            {
                return number;
            }
        }
    }
}

namespace Plugins.Cli.Inspecting;

/// <summary>Reads the primitives of WebAssembly's binary format; it never reads beyond its bytes.</summary>
/// <remarks>Past the end, and in numbers that are too long, it is <see cref="IsBroken"/> and gives zeros.</remarks>
internal ref struct ByteCursor(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    internal int Position { get; private set; }

    internal bool IsBroken { get; private set; }

    internal readonly bool IsAtEnd => IsBroken || Position >= _bytes.Length;

    internal byte Byte()
    {
        if (Position >= _bytes.Length)
        {
            IsBroken = true;
            return 0;
        }

        return _bytes[Position++];
    }

    /// <summary>An unsigned LEB128 number (WebAssembly 2.0, section 5.2.2).</summary>
    internal uint Number()
    {
        uint value = 0;
        for (var shift = 0; shift < 35; shift += 7)
        {
            var part = Byte();
            value |= (uint)(part & 0x7F) << shift;
            if ((part & 0x80) == 0)
            {
                return value;
            }
        }

        IsBroken = true;
        return 0;
    }

    /// <summary>Passes over a signed LEB128 number of any width.</summary>
    internal void SkipNumber()
    {
        for (var count = 0; (Byte() & 0x80) != 0;)
        {
            IsBroken |= ++count > 10;
            if (IsBroken)
            {
                return;
            }
        }
    }

    internal ReadOnlySpan<byte> Take(uint count)
    {
        if (count > _bytes.Length - Position)
        {
            IsBroken = true;
            return [];
        }

        var taken = _bytes.Slice(Position, (int)count);
        Position += (int)count;
        return taken;
    }
}

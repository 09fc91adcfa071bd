using System.Buffers.Binary;

namespace Plugins.Fuzz.Tests.Generation;

/// <summary>Random numbers that a seed fixes for good, on every runtime (xorshift64*, Vigna 2014).</summary>
internal sealed class SeededBytes
{
    private ulong _state;

    // The multiplication spreads neighbouring seeds, which would begin alike.
    internal SeededBytes(long seed) => _state = (((ulong)seed + 1) * 0x9E3779B97F4A7C15) | 1;

    internal ulong Next()
    {
        _state ^= _state >> 12;
        _state ^= _state << 25;
        _state ^= _state >> 27;
        return _state * 0x2545F4914F6CDD1D;
    }

    internal int Below(int limit) => (int)((Next() >> 33) % (ulong)limit);

    internal byte[] Take(int count)
    {
        byte[] bytes = new byte[(count + 7) / 8 * 8];
        for (int i = 0; i < bytes.Length; i += 8)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(i), Next());
        }

        return bytes[..count];
    }
}

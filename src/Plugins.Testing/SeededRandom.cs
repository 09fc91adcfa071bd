using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Plugins.Testing;

/// <summary>Randomness that is the same in each run: SHA-256 of the seed and a counter, block after block.</summary>
/// <remarks>
/// Safe for use by many threads; nothing to dispose. Never for anything but tests: whoever knows the seed knows all.
/// </remarks>
public sealed class SeededRandom : RandomNumberGenerator
{
    private readonly Lock _lock = new();
    private readonly byte[] _block = new byte[SHA256.HashSizeInBytes];
    private readonly long _seed;
    private long _blocks;
    private int _used = SHA256.HashSizeInBytes;

    /// <summary>Makes a source that starts at the beginning.</summary>
    /// <param name="seed">Sources with the same seed give the same bytes.</param>
    public SeededRandom(long seed = 0) => _seed = seed;

    /// <inheritdoc/>
    public override void GetBytes(byte[] data)
    {
        ArgumentNullException.ThrowIfNull(data);
        GetBytes(data.AsSpan());
    }

    /// <inheritdoc/>
    public override void GetBytes(Span<byte> data)
    {
        lock (_lock)
        {
            while (!data.IsEmpty)
            {
                if (_used == _block.Length)
                {
                    Refill();
                }

                var count = Math.Min(data.Length, _block.Length - _used);
                _block.AsSpan(_used, count).CopyTo(data);
                _used += count;
                data = data[count..];
            }
        }
    }

    private void Refill()
    {
        Span<byte> source = stackalloc byte[2 * sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(source, _seed);
        BinaryPrimitives.WriteInt64LittleEndian(source[sizeof(long)..], _blocks++);
        SHA256.HashData(source, _block);
        _used = 0;
    }
}

using System.Buffers.Binary;
using Plugins.Pdk.Runtime;

namespace Plugins.Pdk;

/// <summary>Cryptographically secure random bytes, with the permission <c>random.bytes</c>.</summary>
/// <remarks>Safe for use by many threads, each with its own runtime.</remarks>
public static class RandomBytes
{
    /// <summary>Fills a buffer.</summary>
    /// <exception cref="HostCallException">The host did not answer.</exception>
    /// <exception cref="InvalidReplyException">The answer has another length than was asked for.</exception>
    [UsesCapability(CapabilityNames.RandomBytes)]
    public static void Fill(Span<byte> buffer)
    {
        Span<byte> request = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(request, (uint)buffer.Length);
        HostCall.Invoke(CapabilityNames.RandomBytes, request, CapabilityImports.RandomBytes).Fill(buffer);
    }

    /// <summary>A new array of random bytes.</summary>
    /// <param name="count">How many.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    /// <exception cref="HostCallException">The host did not answer.</exception>
    /// <exception cref="InvalidReplyException">The answer has another length than was asked for.</exception>
    [UsesCapability(CapabilityNames.RandomBytes)]
    public static byte[] Get(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var bytes = new byte[count];
        Fill(bytes);
        return bytes;
    }
}

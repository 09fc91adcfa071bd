using System.Security.Cryptography;

namespace Plugins.Host.Tests.Support;

/// <summary>Gives 0, 1, 2 … at each request, so that what a guest does with them can be compared.</summary>
internal sealed class CountingRandom : RandomNumberGenerator
{
    public override void GetBytes(byte[] data) => GetBytes(data.AsSpan());

    public override void GetBytes(Span<byte> data)
    {
        for (var index = 0; index < data.Length; index++)
        {
            data[index] = (byte)index;
        }
    }
}

using System.Globalization;
using System.Text;

namespace Plugins.Manifest.Signing;

/// <summary>The bytes that a DSSE signature covers (DSSE 1.0.2, protocol.md, "Signature Definition").</summary>
internal static class PreAuthenticationEncoding
{
    /// <summary><c>DSSEv1 SP length(type) SP type SP length(payload) SP payload</c>, lengths in decimal.</summary>
    public static byte[] Encode(string payloadType, ReadOnlySpan<byte> payload)
    {
        var typeLength = Encoding.UTF8.GetByteCount(payloadType);
        var head = string.Create(
            CultureInfo.InvariantCulture, $"DSSEv1 {typeLength} {payloadType} {payload.Length} ");
        return [.. Encoding.UTF8.GetBytes(head), .. payload];
    }
}

using System.Buffers.Binary;
using System.Text;

namespace Plugins.Pdk.Wire;

/// <summary>Requests of the variable capabilities, docs/abi.md "Built-in capabilities".</summary>
internal static class VariableRequest
{
    private const uint Absent = uint.MaxValue;

    internal static byte[] Write(string key, ReadOnlySpan<byte> value)
    {
        int keyLength = Encoding.UTF8.GetByteCount(key);
        var request = new byte[checked(4 + keyLength + value.Length)];
        Span<byte> rest = AppendKey(request, key, keyLength);
        value.CopyTo(rest);
        return request;
    }

    internal static byte[] CompareExchange(string key, byte[]? expected, ReadOnlySpan<byte> value)
    {
        int keyLength = Encoding.UTF8.GetByteCount(key);
        int expectedLength = expected?.Length ?? 0;
        var request = new byte[checked(8 + keyLength + expectedLength + value.Length)];
        Span<byte> rest = AppendKey(request, key, keyLength);
        BinaryPrimitives.WriteUInt32LittleEndian(rest, expected is null ? Absent : (uint)expectedLength);
        expected.CopyTo(rest[4..]);
        value.CopyTo(rest[(4 + expectedLength)..]);
        return request;
    }

    private static Span<byte> AppendKey(Span<byte> request, string key, int keyLength)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(request, (uint)keyLength);
        Encoding.UTF8.GetBytes(key, request[4..]);
        return request[(4 + keyLength)..];
    }
}

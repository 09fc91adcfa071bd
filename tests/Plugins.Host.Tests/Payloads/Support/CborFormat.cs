using System.Buffers;
using System.Buffers.Binary;
using Plugins.Host.Payloads;

namespace Plugins.Host.Tests.Payloads.Support;

/// <summary>A format as an application would add one: so much of CBOR as arrays of numbers take.</summary>
/// <param name="onRead">Runs before each number is read.</param>
internal sealed class CborFormat(Action? onRead = null) : IPayloadFormat
{
    private const byte UnsignedInt32 = 0x1A;
    private const byte Array32 = 0x9A;
    private const int HeadBytes = 5;

    public string Name => "CBOR";

    public bool Accepts(PayloadMediaType mediaType) =>
        mediaType.Is("application/cbor") || mediaType.HasSuffix("+cbor");

    public void EnsureKnown<T>()
    {
        if (typeof(T) != typeof(uint[]))
        {
            throw new UnknownPayloadTypeException(typeof(T), Name, "only uint[] is");
        }
    }

    public void Write<T>(IBufferWriter<byte> output, T value)
    {
        EnsureKnown<T>();
        var numbers = (uint[])(object)value!;
        WriteHead(output, Array32, (uint)numbers.Length);
        Array.ForEach(numbers, number => WriteHead(output, UnsignedInt32, number));
    }

    public T Read<T>(PayloadDocument document)
    {
        EnsureKnown<T>();
        var bytes = document.Bytes.Span;
        var count = ReadHead(ref bytes, Array32, document.Bytes.Length);
        if (count != bytes.Length / HeadBytes || bytes.Length % HeadBytes != 0)
        {
            throw new CborFormatException(0);
        }

        var numbers = new uint[count];
        for (var i = 0; i < count; i++)
        {
            onRead?.Invoke();
            document.ThrowIfStopped();
            numbers[i] = ReadHead(ref bytes, UnsignedInt32, document.Bytes.Length);
        }

        return (T)(object)numbers;
    }

    private static void WriteHead(IBufferWriter<byte> output, byte code, uint number)
    {
        var span = output.GetSpan(HeadBytes);
        span[0] = code;
        BinaryPrimitives.WriteUInt32BigEndian(span[1..], number);
        output.Advance(HeadBytes);
    }

    private static uint ReadHead(ref ReadOnlySpan<byte> bytes, byte code, int length)
    {
        if (bytes.Length < HeadBytes || bytes[0] != code)
        {
            throw new CborFormatException(length - bytes.Length);
        }

        var number = BinaryPrimitives.ReadUInt32BigEndian(bytes[1..]);
        bytes = bytes[HeadBytes..];
        return number;
    }
}

using System.Buffers;

namespace Plugins.Host.Payloads;

/// <summary>Bytes as they are. Accepts no media type: it is chosen in code.</summary>
internal sealed class BytesPayloadFormat : IPayloadFormat
{
    public string Name => "bytes";

    public bool Accepts(PayloadMediaType mediaType) => false;

    public void EnsureKnown<T>()
    {
        if (typeof(T) != typeof(byte[]) && typeof(T) != typeof(ReadOnlyMemory<byte>))
        {
            throw new UnknownPayloadTypeException(
                typeof(T), Name, "only byte[] and ReadOnlyMemory<byte> are bytes");
        }
    }

    public void Write<T>(IBufferWriter<byte> output, T value)
    {
        EnsureKnown<T>();
        ArgumentNullException.ThrowIfNull(value);
        output.Write(value is byte[] bytes ? bytes : ((ReadOnlyMemory<byte>)(object)value).Span);
    }

    public T Read<T>(PayloadDocument document)
    {
        EnsureKnown<T>();

        // A copy: the buffer is used again.
        var bytes = document.Bytes.ToArray();
        return typeof(T) == typeof(byte[]) ? (T)(object)bytes : (T)(object)(ReadOnlyMemory<byte>)bytes;
    }
}

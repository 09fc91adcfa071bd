using System.Buffers;
using Plugins.Host.Payloads;
using Plugins.Payloads;
using Plugins.Payloads.MessagePack;

namespace Plugins.Host.Tests.Support;

/// <summary>MessagePack by generated converters.</summary>
internal sealed class LegacyFormat(PayloadContext context) : IPayloadFormat
{
    public string Name => "MessagePack";

    public bool Accepts(Host.Payloads.PayloadMediaType mediaType) =>
        mediaType.Is("application/vnd.msgpack") || mediaType.Is("application/msgpack")
        || mediaType.Is("application/x-msgpack");

    public void EnsureKnown<T>()
    {
        if (context.GetConverter<T>() is null)
        {
            throw new Host.Payloads.UnknownPayloadTypeException(typeof(T), Name, "add it to the context");
        }
    }

    public void Write<T>(IBufferWriter<byte> output, T value) =>
        MessagePackSerializer.Serialize(output, value, context);

    public T Read<T>(PayloadDocument document)
    {
        try
        {
            return MessagePackSerializer.Deserialize<T>(document.Bytes.Span, context);
        }
        catch (Plugins.Payloads.PayloadException exception)
        {
            throw new LegacyFormatException(exception);
        }
    }
}

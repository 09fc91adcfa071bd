using System.Buffers;
using System.Text;

namespace Plugins.Host.Payloads;

/// <summary>Strings as UTF-8, without anything around them. Accepts no media type: it is chosen in code.</summary>
internal sealed class TextPayloadFormat : IPayloadFormat
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    public string Name => "UTF-8 text";

    public bool Accepts(PayloadMediaType mediaType) => false;

    public void EnsureKnown<T>()
    {
        if (typeof(T) != typeof(string))
        {
            throw new UnknownPayloadTypeException(typeof(T), Name, "only strings are text");
        }
    }

    public void Write<T>(IBufferWriter<byte> output, T value)
    {
        EnsureKnown<T>();
        ArgumentNullException.ThrowIfNull(value);
        Encoding.UTF8.GetBytes((string)(object)value, output);
    }

    public T Read<T>(PayloadDocument document)
    {
        EnsureKnown<T>();
        return (T)(object)StrictUtf8.GetString(document.Bytes.Span);
    }
}

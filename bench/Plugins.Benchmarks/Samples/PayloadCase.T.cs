using System.Buffers;
using Plugins.Host.MessagePack;
using Plugins.Host.Payloads;
using Plugins.Host.Payloads.Json;

namespace Plugins.Benchmarks.Samples;

/// <summary>The formats of a host, into buffers that are there already.</summary>
internal sealed class PayloadCase<T> : PayloadCase
{
    private readonly T _value;
    private readonly ArrayBufferWriter<byte> _output = new(1 << 20);
    private readonly JsonPayloadFormat _jsonFormat = new(SampleJson.Default);
    private readonly MessagePackPayloadFormat _messagePackFormat = new();
    private readonly byte[] _json;
    private readonly byte[] _messagePack;

    public PayloadCase(T value)
    {
        _value = value;
        _json = Written(_jsonFormat);
        _messagePack = Written(_messagePackFormat);
    }

    public override int JsonBytes => _json.Length;

    public override int MessagePackBytes => _messagePack.Length;

    public override void WriteJson() => Write(_jsonFormat);

    public override void WriteMessagePack() => Write(_messagePackFormat);

    public override void ReadJson() => _jsonFormat.Read<T>(new PayloadDocument(_json));

    public override void ReadMessagePack() => _messagePackFormat.Read<T>(new PayloadDocument(_messagePack));

    private void Write(IPayloadFormat format)
    {
        _output.ResetWrittenCount();
        format.Write(_output, _value);
    }

    private byte[] Written(IPayloadFormat format)
    {
        Write(format);
        return _output.WrittenSpan.ToArray();
    }
}

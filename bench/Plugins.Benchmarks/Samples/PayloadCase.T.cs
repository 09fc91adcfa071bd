using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Plugins.Payloads;
using Plugins.Payloads.MessagePack;

namespace Plugins.Benchmarks.Samples;

/// <summary>Both formats from source-generated code, into buffers that are there already.</summary>
internal sealed class PayloadCase<T> : PayloadCase
{
    private readonly T _value;
    private readonly ArrayBufferWriter<byte> _output = new(1 << 20);
    private readonly Utf8JsonWriter _jsonWriter;
    private readonly JsonTypeInfo<T> _typeInfo = (JsonTypeInfo<T>)SampleJson.Default.GetTypeInfo(typeof(T))!;
    private readonly PayloadConverter<T> _converter = SamplePayloads.Default.GetConverter<T>()!;
    private readonly byte[] _json;
    private readonly byte[] _messagePack;

    public PayloadCase(T value)
    {
        _value = value;
        _jsonWriter = new Utf8JsonWriter(_output);
        _json = JsonSerializer.SerializeToUtf8Bytes(value, _typeInfo);
        _messagePack = MessagePackSerializer.Serialize(value, _converter);
    }

    public override int JsonBytes => _json.Length;

    public override int MessagePackBytes => _messagePack.Length;

    public override void WriteJson()
    {
        _output.ResetWrittenCount();
        _jsonWriter.Reset(_output);
        JsonSerializer.Serialize(_jsonWriter, _value, _typeInfo);
    }

    public override void WriteMessagePack()
    {
        _output.ResetWrittenCount();
        MessagePackSerializer.Serialize(_output, _value, _converter);
    }

    public override void ReadJson() => JsonSerializer.Deserialize(_json, _typeInfo);

    public override void ReadMessagePack() => MessagePackSerializer.Deserialize(_messagePack, _converter);
}

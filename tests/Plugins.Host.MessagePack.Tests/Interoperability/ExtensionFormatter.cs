using MessagePack;
using MessagePack.Formatters;

namespace Plugins.Host.MessagePack.Tests.Interoperability;

/// <summary>Extensions as they are.</summary>
internal sealed class ExtensionFormatter : IMessagePackFormatter<ExtensionResult>
{
    public void Serialize(
        ref MessagePackWriter writer, ExtensionResult value, MessagePackSerializerOptions options) =>
        writer.WriteExtensionFormat(value);

    public ExtensionResult Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) =>
        reader.ReadExtensionFormat();
}

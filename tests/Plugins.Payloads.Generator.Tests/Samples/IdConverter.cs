using Plugins.Payloads.MessagePack;

namespace Plugins.Payloads.Generator.Tests.Samples;

/// <summary>A converter that is named by the type it is for.</summary>
internal sealed class IdConverter : PayloadConverter<Strict.Id>
{
    public override void Write(ref MessagePackWriter writer, Strict.Id value) => writer.WriteInt64(value.Number);

    public override Strict.Id Read(ref MessagePackReader reader) => new(reader.ReadInt64());
}

using MessagePack;

namespace Plugins.Host.MessagePack.Tests.Samples;

[MessagePackObject(keyAsPropertyName: true)]
public sealed class Square : Shape
{
    public int Side { get; set; }
}

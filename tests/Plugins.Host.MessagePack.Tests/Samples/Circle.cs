using MessagePack;

namespace Plugins.Host.MessagePack.Tests.Samples;

[MessagePackObject]
public sealed class Circle : Shape
{
    [Key("radius")]
    public double Radius { get; set; }
}

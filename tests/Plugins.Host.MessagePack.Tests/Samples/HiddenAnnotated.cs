using MessagePack;

namespace Plugins.Host.MessagePack.Tests.Samples;

[MessagePackObject]
internal sealed class HiddenAnnotated
{
    [Key("n")]
    public int Number { get; set; }
}

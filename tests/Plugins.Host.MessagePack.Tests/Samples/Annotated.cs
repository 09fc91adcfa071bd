using MessagePack;

namespace Plugins.Host.MessagePack.Tests.Samples;

/// <summary>A type as applications have it that use the library already.</summary>
[MessagePackObject]
public sealed class Annotated
{
    [Key(0)]
    public int Number { get; set; }

    [Key(1)]
    public Shape? Shape { get; set; }

    [IgnoreMember]
    public int Ignored { get; set; }
}

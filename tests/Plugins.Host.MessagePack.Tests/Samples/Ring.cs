namespace Plugins.Host.MessagePack.Tests.Samples;

/// <summary>Objects that can stand in a circle, by each way that objects hold others.</summary>
public class Ring
{
    public Ring? Next { get; set; }

    public List<Ring>? Many { get; set; }

    public Dictionary<string, Ring>? Named { get; set; }

    public object? Any { get; set; }

    public Link? Linked { get; set; }
}

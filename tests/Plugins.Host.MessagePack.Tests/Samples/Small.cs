namespace Plugins.Host.MessagePack.Tests.Samples;

/// <summary>A plain type with members of one letter.</summary>
public sealed record Small
{
    public int N { get; init; }

    public string? T { get; init; }

    public Small? S { get; init; }

    public List<int>? L { get; init; }
}

namespace Plugins.Host.MessagePack.Tests.Samples;

/// <summary>A type that is not public, with a property that only it can set.</summary>
internal sealed class Guarded(int number)
{
    public int Number { get; private set; } = number;
}

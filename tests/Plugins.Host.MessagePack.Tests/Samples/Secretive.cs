namespace Plugins.Host.MessagePack.Tests.Samples;

/// <summary>A type that is not public and has a member that is not.</summary>
internal sealed class Secretive
{
    private int _secret = 7;

    public int Open { get; set; }

    internal int Reveal() => _secret++;
}

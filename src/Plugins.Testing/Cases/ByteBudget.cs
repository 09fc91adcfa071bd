namespace Plugins.Testing.Cases;

/// <summary>What repeated parts of one file may grow to, so that a small file cannot fill the memory.</summary>
internal sealed class ByteBudget
{
    internal const long MaximumBytes = 256 << 20;

    private long _left = MaximumBytes;

    internal bool TryTake(long bytes)
    {
        _left -= bytes;
        return _left >= 0;
    }
}

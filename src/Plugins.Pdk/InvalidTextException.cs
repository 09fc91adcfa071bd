namespace Plugins.Pdk;

/// <summary>The input, or a value of the host, is not UTF-8.</summary>
public sealed class InvalidTextException : PluginFailureException
{
    internal InvalidTextException(long offset)
        : base($"the text is not UTF-8 at byte {offset}") => Offset = offset;

    /// <summary>The offset of the first byte that is not part of a valid character.</summary>
    public long Offset { get; }
}

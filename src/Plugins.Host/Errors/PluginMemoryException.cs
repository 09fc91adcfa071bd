namespace Plugins.Host.Errors;

/// <summary>The guest needed more memory than granted: at load, or it failed after a growth was refused.</summary>
/// <remarks>
/// A guest sees a refused growth as -1 and may cope. Only when it fails afterwards is the failure this one; what the
/// guest did then (a trap, a code) is the inner exception. Immutable.
/// </remarks>
public sealed class PluginMemoryException : PluginException
{
    internal PluginMemoryException(in FailureSite site, long limitPages, Exception? inner)
        : base(
            PluginErrorCode.MemoryLimit,
            site,
            $"the guest needs more than the {limitPages} pages of 64 KiB it may have.",
            inner) =>
        LimitPages = limitPages;

    /// <summary>The memory limit, in pages of 64 KiB.</summary>
    public long LimitPages { get; }
}

namespace Plugins.Host.Errors;

/// <summary>A call reached a limit that has no exception type of its own; the code says which.</summary>
/// <remarks>Immutable.</remarks>
public sealed class PluginLimitException : PluginException
{
    internal PluginLimitException(
        PluginErrorCode code, in FailureSite site, long allowed, long requested, Exception? inner = null)
        : base(code, site, Compose(code, allowed, requested), inner)
    {
        Allowed = allowed;
        Requested = requested;
    }

    /// <summary>The limit, in bytes, elements, calls or instances.</summary>
    public long Allowed { get; }

    /// <summary>The amount requested, or the first number past the limit.</summary>
    public long Requested { get; }

    private static string Compose(PluginErrorCode code, long allowed, long requested) => code switch
    {
        PluginErrorCode.InputLimit => $"the input has {requested} bytes, where {allowed} are allowed.",
        PluginErrorCode.OutputLimit => $"the guest wrote {requested} bytes of output, where {allowed} are allowed.",
        PluginErrorCode.ErrorTextLimit =>
            $"the guest wrote {requested} bytes of error text, where {allowed} are allowed.",
        PluginErrorCode.HostCallLimit => $"the guest called capabilities more than {allowed} times.",
        PluginErrorCode.TableLimit => $"its tables have {requested} elements, where {allowed} are allowed.",
        PluginErrorCode.NestingLimit => $"it is call {requested} within one another, where {allowed} are allowed.",
        PluginErrorCode.AbandonedOperationLimit =>
            $"{requested - 1} operations of stopped calls still run, where fewer than {allowed} may.",
        PluginErrorCode.GuestThreadLimit => $"all {allowed} guest threads are in use.",
        PluginErrorCode.InstanceLimit => $"all {allowed} instances are in use.",
        _ => $"{requested} where {allowed} are allowed.",
    };
}

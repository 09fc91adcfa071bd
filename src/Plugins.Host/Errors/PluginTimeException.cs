namespace Plugins.Host.Errors;

/// <summary>The guest, or a capability on its behalf, ran past the time of the call.</summary>
/// <remarks>Immutable.</remarks>
public sealed class PluginTimeException : PluginException
{
    internal PluginTimeException(in FailureSite site, TimeSpan limit, Exception? inner)
        : base(
            PluginErrorCode.TimeLimit,
            site,
            FormattableString.Invariant($"the guest ran longer than {limit.TotalMilliseconds} ms."),
            inner) =>
        Limit = limit;

    /// <summary>The wall-clock limit of the call.</summary>
    public TimeSpan Limit { get; }
}

namespace Plugins.Host.Errors;

/// <summary>The guest used up the fuel of its call.</summary>
/// <remarks>Immutable.</remarks>
public sealed class PluginFuelException : PluginException
{
    internal PluginFuelException(in FailureSite site, long limit, Exception? inner)
        : base(PluginErrorCode.FuelLimit, site, $"the guest used up its {limit} units of fuel.", inner) =>
        Limit = limit;

    /// <summary>The fuel limit of the call.</summary>
    public long Limit { get; }
}

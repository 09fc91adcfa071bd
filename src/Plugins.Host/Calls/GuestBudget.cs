namespace Plugins.Host.Calls;

/// <summary>What one run of guest code may use: the plugin's limits, or less where the caller says so.</summary>
internal readonly record struct GuestBudget(long Fuel, TimeSpan WallTime)
{
    internal static GuestBudget For(PluginDefinition definition, PluginCallOptions? options)
    {
        var limits = definition.Limits;
        return options is null ? new(limits.Fuel, limits.WallTime) : new(
            options.Fuel is long fuel ? Math.Clamp(fuel, 0, limits.Fuel) : limits.Fuel,
            options.WallTime is TimeSpan time && time < limits.WallTime ? time : limits.WallTime);
    }
}

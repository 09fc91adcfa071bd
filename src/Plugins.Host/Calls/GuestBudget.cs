namespace Plugins.Host.Calls;

/// <summary>What one run of guest code may use: the plugin's limits, or less where the caller says so.</summary>
/// <param name="Fuel">Units of fuel.</param>
/// <param name="WallTime">Wall-clock time.</param>
/// <param name="Duration">The same in the clock's own unit.</param>
internal readonly record struct GuestBudget(long Fuel, TimeSpan WallTime, long Duration)
{
    internal static GuestBudget For(PluginDefinition definition, PluginCallOptions? options)
    {
        var budget = definition.Budget;
        if (options?.Fuel is long fuel)
        {
            budget = budget with { Fuel = Math.Clamp(fuel, 0, budget.Fuel) };
        }

        return options?.WallTime is TimeSpan time && time < budget.WallTime
            ? budget with { WallTime = time, Duration = definition.Environment.ToTimestamps(time) }
            : budget;
    }
}

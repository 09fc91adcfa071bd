namespace Plugins.Host.Calls;

/// <summary>The budget of one run of guest code: the plugin's limits, or less where the caller says so.</summary>
/// <param name="Fuel">Units of fuel.</param>
/// <param name="WallTime">Wall-clock time.</param>
/// <param name="Duration">The same in the clock's own unit.</param>
internal readonly record struct GuestBudget(long Fuel, TimeSpan WallTime, long Duration)
{
    /// <exception cref="ArgumentOutOfRangeException">The caller asks for more than the plugin has.</exception>
    internal static GuestBudget For(PluginDefinition definition, PluginCallOptions? options)
    {
        var budget = definition.Budget;
        if (options?.Fuel is long fuel)
        {
            budget = budget with { Fuel = Within(fuel, budget.Fuel, nameof(PluginCallOptions.Fuel)) };
        }

        return options?.WallTime is not TimeSpan time ? budget : budget with
        {
            WallTime = Within(time, budget.WallTime, nameof(PluginCallOptions.WallTime)),
            Duration = definition.Environment.ToTimestamps(time),
        };
    }

    private static T Within<T>(T asked, T ceiling, string name)
        where T : struct, IComparable<T>
    {
        return asked.CompareTo(default) >= 0 && asked.CompareTo(ceiling) <= 0
            ? asked
            : throw new ArgumentOutOfRangeException(
                name, asked, $"A call can have from {default(T)} to {ceiling}, its plugin's limit.");
    }
}

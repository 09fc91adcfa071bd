namespace Plugins.Host;

public sealed partial class PluginHostOptions
{
    /// <summary>Everything that is wrong, each with the name of its property; empty when all is fine.</summary>
    internal IReadOnlyList<string> FindFaults()
    {
        var faults = new List<string>();
        Require(faults, Permissions, nameof(Permissions));
        Require(faults, Engine, nameof(Engine));
        Require(faults, ModuleLimits, nameof(ModuleLimits));
        Require(faults, Variables, nameof(Variables));
        if (Require(faults, Payloads, nameof(Payloads)) && Payloads.Contains(null))
        {
            faults.Add($"{nameof(Payloads)} has an entry that is null.");
        }

        Require(faults, TimeProvider, nameof(TimeProvider));
        Require(faults, RandomNumberGenerator, nameof(RandomNumberGenerator));
        Require(faults, LoggerFactory, nameof(LoggerFactory));
        Require(faults, Audience, nameof(Audience));
        if (Require(faults, DefaultLimits, nameof(DefaultLimits)))
        {
            faults.AddRange(DefaultLimits.FindFaults(nameof(DefaultLimits)));
        }

        if (Require(faults, MaximumLimits, nameof(MaximumLimits)))
        {
            faults.AddRange(MaximumLimits.FindFaults(nameof(MaximumLimits)));
        }

        if (DefaultLimits is not null && MaximumLimits is not null)
        {
            faults.AddRange(DefaultLimits.FindExcess(MaximumLimits));
        }

        if (MaximumInstances is < 1 or > 100_000)
        {
            faults.Add($"{nameof(MaximumInstances)} is out of range: it must be from 1 to 100000.");
        }

        if (MaximumInstanceWait is { } wait && wait != Timeout.InfiniteTimeSpan
            && (wait < TimeSpan.Zero || wait > TimeSpan.FromDays(1)))
        {
            faults.Add($"{nameof(MaximumInstanceWait)} is out of range: it must be from 0 to a day, or infinite.");
        }

        if (TrustPolicy is null && !AllowUnsigned)
        {
            faults.Add($"{nameof(TrustPolicy)} is missing: no plugin could be loaded.");
        }

        return faults;
    }

    private static bool Require(List<string> faults, object? value, string name)
    {
        if (value is null)
        {
            faults.Add($"{name} is missing.");
        }

        return value is not null;
    }
}

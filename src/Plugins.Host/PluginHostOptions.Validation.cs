using Plugins.Host.Calls.Threads;

namespace Plugins.Host;

public sealed partial class PluginHostOptions
{
    internal const int MostInstances = 100_000;
    internal const int MostGuestThreads = 10_000;
    internal const int MostNesting = CallNesting.Deepest;
    internal const int MostAbandonedOperations = 1_000_000;
    internal const int MostWaitingCalls = 10_000_000;

    /// <summary>The path of the section that these options were read from, or null.</summary>
    internal string? ConfigurationPath { get; set; }

    /// <summary>The faults of that section.</summary>
    internal IReadOnlyList<string> ConfigurationFaults { get; set; } = [];

    /// <summary>
    /// Everything that is wrong, each with the name of its property, or its path in the configuration; empty when all
    /// is fine.
    /// </summary>
    internal IReadOnlyList<string> FindFaults()
    {
        List<string> faults = [.. ConfigurationFaults];
        Require(faults, Permissions, nameof(Permissions));
        Require(faults, Engine, nameof(Engine));
        if (Require(faults, ModuleLimits, nameof(ModuleLimits)))
        {
            faults.AddRange(ModuleLimits.FindFaults().Select(fault => PrefixOf(nameof(ModuleLimits)) + fault));
        }

        Require(faults, Variables, nameof(Variables));
        if (Require(faults, Http, nameof(Http)))
        {
            faults.AddRange(Http.FindFaults(PrefixOf(nameof(Http))));
        }

        if (Require(faults, Payloads, nameof(Payloads)) && Payloads.Contains(null))
        {
            faults.Add($"{nameof(Payloads)} has an entry that is null.");
        }

        Require(faults, Wasi, nameof(Wasi));
        Require(faults, TimeProvider, nameof(TimeProvider));
        Require(faults, RandomNumberGenerator, nameof(RandomNumberGenerator));
        Require(faults, LoggerFactory, nameof(LoggerFactory));
        Require(faults, Audience, nameof(Audience));
        if (Require(faults, DefaultLimits, nameof(DefaultLimits)))
        {
            faults.AddRange(DefaultLimits.FindFaults(PrefixOf(nameof(DefaultLimits))));
        }

        if (Require(faults, MaximumLimits, nameof(MaximumLimits)))
        {
            faults.AddRange(MaximumLimits.FindFaults(PrefixOf(nameof(MaximumLimits))));
        }

        if (DefaultLimits is not null && MaximumLimits is not null)
        {
            faults.AddRange(DefaultLimits.FindExcess(
                MaximumLimits, PrefixOf(nameof(DefaultLimits)), PrefixOf(nameof(MaximumLimits))));
        }

        RequireNumbers(faults);
        FindQuotaFaults(faults);
        if (MaximumInstanceWait is { } wait && wait != Timeout.InfiniteTimeSpan
            && (wait < TimeSpan.Zero || wait > TimeSpan.FromDays(1)))
        {
            var name = NameOf(nameof(MaximumInstanceWait));
            faults.Add($"{name} is out of range: it must be from 0 to a day, or infinite.");
        }

        if (TrustPolicy is null && !AllowUnsigned && !ConfigurationFaults.Any(IsOfTrust))
        {
            faults.Add($"{NameOf(nameof(TrustPolicy))} is missing: no plugin could be loaded.");
        }

        return faults;
    }

    private bool IsOfTrust(string fault) =>
        fault.StartsWith(NameOf(nameof(TrustPolicy)) + ' ', StringComparison.Ordinal)
        || fault.StartsWith(NameOf(nameof(TrustPolicy)) + ':', StringComparison.Ordinal);

    private string NameOf(string property) =>
        ConfigurationPath is null ? property : $"{ConfigurationPath}:{property}";

    private string PrefixOf(string property) => NameOf(property) + (ConfigurationPath is null ? '.' : ':');

    private void RequireNumbers(List<string> faults)
    {
        RequireRange(faults, MaximumInstances, 1, MostInstances, nameof(MaximumInstances));
        RequireRange(faults, MaximumGuestThreads, 1, MostGuestThreads, nameof(MaximumGuestThreads));
        RequireRange(faults, MaximumNesting, 1, MostNesting, nameof(MaximumNesting));
        RequireRange(
            faults, MaximumAbandonedOperations, 1, MostAbandonedOperations, nameof(MaximumAbandonedOperations));
        RequireRange(faults, GuestThreadQueueLimit, 0, MostWaitingCalls, nameof(GuestThreadQueueLimit));
    }

    private void RequireRange(List<string> faults, int value, int lowest, int highest, string property)
    {
        if (value < lowest || value > highest)
        {
            faults.Add($"{NameOf(property)} is out of range: it must be from {lowest} to {highest}.");
        }
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

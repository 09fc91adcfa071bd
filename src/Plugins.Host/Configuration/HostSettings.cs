using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Plugins.Host.Configuration;

/// <summary>Options of a host out of a section of the application's configuration.</summary>
/// <remarks>Faults are kept with the options, so that they are reported with all others.</remarks>
/// <param name="configuration">The section.</param>
/// <param name="root">The folder that relative paths begin at.</param>
internal sealed class HostSettings(IConfiguration configuration, string root) : IConfigureOptions<PluginHostOptions>
{
    private const string EmbeddedEngine = "EmbeddedEngine";

    private static readonly string[] SetInCode =
    [
        nameof(PluginHostOptions.Engine), nameof(PluginHostOptions.Variables), nameof(PluginHostOptions.Payloads),
        nameof(PluginHostOptions.HttpHandler), nameof(PluginHostOptions.Wasi),
        nameof(PluginHostOptions.CallLimiter),
        nameof(PluginHostOptions.FuelLimiter),
        nameof(PluginHostOptions.TimeProvider), nameof(PluginHostOptions.GuestTimeProvider),
        nameof(PluginHostOptions.RandomNumberGenerator),
        nameof(PluginHostOptions.LoggerFactory), nameof(PluginHostOptions.MeterFactory),
        nameof(PluginHostOptions.Services),
    ];

    public void Configure(PluginHostOptions options)
    {
        var faults = new List<string>();
        var section = new SettingsReader(configuration, faults);
        options.ConfigurationPath = (configuration as IConfigurationSection)?.Path;
        options.AllowUnsigned = section.Switch(nameof(options.AllowUnsigned), options.AllowUnsigned);
        options.MeterFuel = section.Switch(nameof(options.MeterFuel), options.MeterFuel);
        options.SourcePositions = section.Switch(nameof(options.SourcePositions), options.SourcePositions);
        options.MaximumInstances = section.Number(
            nameof(options.MaximumInstances), options.MaximumInstances, 1, PluginHostOptions.MostInstances);
        options.MaximumGuestThreads = section.Number(
            nameof(options.MaximumGuestThreads), options.MaximumGuestThreads, 1, PluginHostOptions.MostGuestThreads);
        options.GuestThreadQueueLimit = section.Number(
            nameof(options.GuestThreadQueueLimit),
            options.GuestThreadQueueLimit,
            0,
            PluginHostOptions.MostWaitingCalls);
        options.MaximumNesting = section.Number(
            nameof(options.MaximumNesting), options.MaximumNesting, 1, PluginHostOptions.MostNesting);
        options.MaximumAbandonedOperations = section.Number(
            nameof(options.MaximumAbandonedOperations),
            options.MaximumAbandonedOperations,
            1,
            PluginHostOptions.MostAbandonedOperations);
        options.MaximumInstanceWait = section.Time(nameof(options.MaximumInstanceWait)) ?? options.MaximumInstanceWait;
        options.TrustPolicy = TrustSettings.Read(section, configuration, root, faults) ?? options.TrustPolicy;
        options.Permissions =
            PermissionSettings.Read(section, nameof(options.Permissions), faults) ?? options.Permissions;
        var (defaults, maxima) = (nameof(options.DefaultLimits), nameof(options.MaximumLimits));
        options.DefaultLimits = LimitSettings.Read(section.Section(defaults), options.DefaultLimits);
        options.MaximumLimits = LimitSettings.Read(section.Section(maxima), options.MaximumLimits);
        options.ModuleLimits = LimitSettings.Read(section.Section(nameof(options.ModuleLimits)), options.ModuleLimits);
        QuotaSettings.Read(section, configuration, options, faults);
        HttpSettings.Read(section.Section(nameof(options.Http)), options, faults);
        if (EngineSettings.Read(section.Section(EmbeddedEngine), options.Engine) is { } embedded)
        {
            options.UseEmbedded(embedded);
        }

        if (section.List(nameof(options.Audience)) is { } audience)
        {
            options.Audience = ReadNames(audience, faults);
        }

        // Only for its faults, that all are told at once: the catalog reads it when it is made.
        CatalogSettings.Read(section, faults, root, TimeProvider.System);
        if (section.List(nameof(options.Features)) is { } features)
        {
            options.Features = ReadNames(features, faults);
        }

        section.RequireKnown(SetInCode);
        options.ConfigurationFaults = [.. options.ConfigurationFaults, .. faults];
    }

    private static string[] ReadNames(IEnumerable<IConfigurationSection> items, List<string> faults)
    {
        var names = items.ToLookup(item => !string.IsNullOrWhiteSpace(item.Value));
        faults.AddRange(names[false].Select(item => $"{item.Path} is empty."));
        return [.. names[true].Select(item => item.Value ?? string.Empty)];
    }
}

using Microsoft.Extensions.Configuration;
using Plugins.Host.Catalog;

namespace Plugins.Host.Configuration;

/// <summary>Plugins of a catalog and the catalog's options, out of a host's section.</summary>
/// <remarks>Immutable.</remarks>
internal sealed record CatalogSettings(IReadOnlyList<PluginSettings> Plugins, PluginCatalogOptions Options)
{
    internal const string Key = "Catalog";

    private static readonly TimeSpan MostPatience = TimeSpan.FromDays(1);

    /// <summary>Reads what makes sense; the rest are faults.</summary>
    internal static CatalogSettings Read(IConfiguration configuration, string root, TimeProvider time)
    {
        var faults = new List<string>();
        return Read(new SettingsReader(configuration, faults), faults, root, time);
    }

    /// <inheritdoc cref="Read(IConfiguration, string, TimeProvider)"/>
    internal static CatalogSettings Read(
        SettingsReader section, List<string> faults, string root, TimeProvider time)
    {
        var options = new PluginCatalogOptions();
        options = options with
        {
            DrainPatience = section.Time(nameof(options.DrainPatience), MostPatience) ?? options.DrainPatience,
            CircuitBreaker = CircuitSettings.Read(section),
            StopPatience = section.Time(nameof(options.StopPatience), MostPatience) ?? options.StopPatience,
        };
        var plugins = section.Named(Key).Select(plugin => PluginSettings.Read(plugin, faults, root, time));
        return new CatalogSettings([.. plugins.OfType<PluginSettings>()], options);
    }
}

using Microsoft.Extensions.Configuration;

namespace Plugins.Host.Configuration;

/// <summary>What a section said at one moment, to find out what has changed.</summary>
/// <param name="Host">All below each key of the host, as one text.</param>
/// <param name="Plugins">All below the name of each plugin that takes another load, as one text.</param>
/// <remarks>Immutable. It may hold secrets, and is not shown.</remarks>
internal sealed record SettingsImage(
    IReadOnlyDictionary<string, string> Host, IReadOnlyDictionary<string, string> Plugins)
{
    // Of a plugin, these are applied without a load.
    private static readonly HashSet<string> Rules = new(StringComparer.OrdinalIgnoreCase)
    {
        "Enabled", "Pinned", "Required", "LoadAtStart",
    };

    internal static SettingsImage Of(IConfiguration configuration)
    {
        var values = configuration.AsEnumerable(makePathsRelative: true)
            .Where(pair => pair.Value is not null && pair.Key.Length > 0)
            .Select(pair => (Path: pair.Key.Split(ConfigurationPath.KeyDelimiter), pair.Value))
            .ToArray();
        var plugins = values.Where(value => IsOfPlugin(value.Path) && !Rules.Contains(value.Path[2]));
        return new SettingsImage(
            Group(values.Where(value => !IsOfPlugin(value.Path)), 0), Group(plugins, 1));
    }

    /// <summary>The keys of the host that are another in a later image.</summary>
    internal IEnumerable<string> FindChanges(SettingsImage later) => Host.Keys
        .Union(later.Host.Keys, StringComparer.OrdinalIgnoreCase)
        .Where(key => Host.GetValueOrDefault(key) != later.Host.GetValueOrDefault(key))
        .Order(StringComparer.Ordinal);

    /// <summary>True if nothing has changed.</summary>
    internal bool IsSame(SettingsImage other) =>
        !FindChanges(other).Any() && Plugins.Count == other.Plugins.Count
        && Plugins.All(plugin => other.Plugins.GetValueOrDefault(plugin.Key) == plugin.Value);

    private static bool IsOfPlugin(string[] path) =>
        path.Length > 2 && path[0].Equals(CatalogSettings.Key, StringComparison.OrdinalIgnoreCase);

    private static Dictionary<string, string> Group(IEnumerable<(string[] Path, string? Value)> values, int key) =>
        values.GroupBy(value => value.Path[key], StringComparer.OrdinalIgnoreCase).ToDictionary(
            group => group.Key,
            group => string.Join('\0', group
                .Select(value => $"{string.Join(':', value.Path)}={value.Value}")
                .Order(StringComparer.Ordinal)),
            StringComparer.OrdinalIgnoreCase);
}

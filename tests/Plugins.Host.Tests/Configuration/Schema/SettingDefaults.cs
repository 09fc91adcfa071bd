using System.Globalization;
using System.Text.Json.Nodes;

namespace Plugins.Host.Tests.Configuration.Schema;

/// <summary>The values that limits have in a host, which are others than those of the types they are made of.</summary>
internal static class SettingDefaults
{
    private static readonly PluginHostOptions Options = new();

    private static readonly Dictionary<string, object> Sections = new(StringComparer.Ordinal)
    {
        ["Plugins:DefaultLimits"] = Options.DefaultLimits,
        ["Plugins:MaximumLimits"] = Options.MaximumLimits,
        ["Plugins:ModuleLimits"] = Options.ModuleLimits,
    };

    internal static bool Has(string section) => Sections.ContainsKey(section);

    /// <summary>Null where the description of the property tells it.</summary>
    internal static JsonNode? Of(string path)
    {
        var end = path.LastIndexOf(':');
        if (!Sections.TryGetValue(path[..end], out var section))
        {
            return null;
        }

        var value = section.GetType().GetProperty(path[(end + 1)..])!.GetValue(section)!;
        return value is TimeSpan time
            ? time.ToString("c", CultureInfo.InvariantCulture)
            : Convert.ToInt64(value, CultureInfo.InvariantCulture);
    }
}

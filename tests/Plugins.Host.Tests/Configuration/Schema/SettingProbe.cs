using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Plugins.Host.Configuration;

namespace Plugins.Host.Tests.Configuration.Schema;

/// <summary>Finds out what the readers of the configuration take, by asking them.</summary>
internal sealed partial class SettingProbe
{
    /// <summary>A configuration with one item of everything that may be many.</summary>
    private const string Example = """
        {
          "Plugins": {
            "TrustPolicy": { "acme": [ "-----BEGIN PUBLIC KEY-----" ] },
            "Permissions": [ { "Name": "rates.find", "Scope": [ "EUR" ] } ],
            "Audience": [ "shop.example" ],
            "Features": [ "simd128" ],
            "Http": {
              "PrivateHosts": [ "db.internal" ],
              "TraceContextHosts": [ "api.internal" ],
              "Credentials": [ { "Destination": "api.example.com", "Header": "Authorization", "Value": "x" } ]
            },
            "PluginMemoryBudgets": { "example": 65536 },
            "PluginQuotas": { "example": { "Fuel": 1 } },
            "TenantQuotas": { "example": { "Fuel": 1 } },
            "Catalog": {
              "example": {
                "Folder": "x", "Settings": { "key": "value" },
                "Permissions": [ { "Name": "rates.find", "Scope": [ "EUR" ] } ]
              }
            }
          }
        }
        """;

    private readonly Dictionary<string, string?> _values = JsonSettings.Read(Example).AsEnumerable()
        .Where(pair => pair.Value is not null)
        .ToDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Every path that is read, in order.</summary>
    internal IReadOnlyCollection<string> FindPaths()
    {
        var keys = new AskedKeys();
        _ = Read(_values, keys);
        return keys.Paths;
    }

    /// <summary>The schema of one value, as its reader's complaint about nonsense tells it.</summary>
    internal JsonObject Describe(string path)
    {
        var values = _values
            .Where(pair => pair.Key != path && !pair.Key.StartsWith(path + ':', StringComparison.Ordinal))
            .ToDictionary(StringComparer.OrdinalIgnoreCase);
        values[path] = "?";
        var fault = Read(values, new AskedKeys())
            .FirstOrDefault(fault => fault.StartsWith(path + ' ', StringComparison.Ordinal)) ?? string.Empty;
        if (WholeNumber().Match(fault) is { Success: true } number)
        {
            return new JsonObject
            {
                ["type"] = "integer",
                ["minimum"] = Number(number.Groups["least"]),
                ["maximum"] = Number(number.Groups["most"]),
            };
        }

        return fault switch
        {
            _ when fault.Contains("must be true or false", StringComparison.Ordinal) =>
                new JsonObject { ["type"] = "boolean" },
            _ when fault.Contains("must be a number above 0 and up to 1", StringComparison.Ordinal) =>
                new JsonObject { ["type"] = "number", ["exclusiveMinimum"] = 0, ["maximum"] = 1 },
            _ when fault.Contains("must be a time", StringComparison.Ordinal) => new JsonObject
            {
                ["type"] = "string", ["pattern"] = @"^(\d+\.)?\d{1,2}:\d{1,2}(:\d{1,2}(\.\d{1,7})?)?$",
            },
            _ when Choice().Match(fault) is { Success: true } choice => new JsonObject
            {
                ["enum"] = new JsonArray([.. choice.Groups["names"].Value.Split(", ").Select(n => (JsonNode)n)]),
            },
            _ when fault.Contains("must be a list", StringComparison.Ordinal) =>
                new JsonObject { ["type"] = "array" },
            _ when fault.Contains("must be a section", StringComparison.Ordinal) =>
                new JsonObject { ["type"] = "object" },
            _ => new JsonObject { ["type"] = "string" },
        };
    }

    private static long Number(Group group) =>
        long.Parse(group.Value, System.Globalization.CultureInfo.InvariantCulture);

    private static IReadOnlyList<string> Read(Dictionary<string, string?> values, AskedKeys keys)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(values).Build();
        var options = new PluginHostOptions();
        var section = new WatchedSection(configuration.GetSection("Plugins"), keys);
        new HostSettings(section, Path.GetTempPath()).Configure(options);
        return options.ConfigurationFaults;
    }

    [GeneratedRegex(
        @"must be a whole number from (?<least>-?\d+) to (?<most>\d+)\.", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex WholeNumber();

    [GeneratedRegex(@"must be one of (?<names>.*)\.$", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Choice();
}

using System.Text.Json;
using System.Text.Json.Nodes;

namespace Plugins.Host.Tests.Configuration.Schema;

/// <summary>The JSON Schema of <c>appsettings.json</c>, made from what the readers of the configuration take.</summary>
internal static class SettingsSchema
{
    private const string Root = "Plugins";

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    // Readers take several forms of these, which a complaint does not tell.
    private static readonly Dictionary<string, string> Forms = new(StringComparer.Ordinal)
    {
        ["Plugins:TrustPolicy"] = """
            {
              "anyOf": [
                { "type": "string" },
                {
                  "type": "object",
                  "additionalProperties": {
                    "anyOf": [ { "type": "string" }, { "type": "array", "items": { "type": "string" } } ]
                  }
                }
              ]
            }
            """,
        ["Plugins:Permissions"] = Permissions,
        ["Plugins:Catalog:*:Permissions"] = Permissions,
        ["Plugins:Audience"] = Texts,
        ["Plugins:Features"] = Texts,
        ["Plugins:Http:PrivateHosts"] = Texts,
        ["Plugins:Http:TraceContextHosts"] = Texts,
        ["Plugins:Catalog:*:Settings"] = TextsByName,
        ["Plugins:CircuitBreaker:DefaultAnswers"] = TextsByName,
        ["Plugins:Catalog:*:CircuitBreaker:DefaultAnswers"] = TextsByName,
    };

    private const string Texts = """{ "type": "array", "items": { "type": "string" } }""";

    private const string TextsByName = """{ "type": "object", "additionalProperties": { "type": "string" } }""";

    private const string Permissions = """
        {
          "type": "array",
          "items": {
            "anyOf": [
              { "type": "string" },
              {
                "type": "object",
                "properties": {
                  "Name": { "type": "string" },
                  "Scope": { "type": "array", "items": { "type": "string" } }
                },
                "required": [ "Name" ],
                "additionalProperties": false
              }
            ]
          }
        }
        """;

    internal static string Write()
    {
        var probe = new SettingProbe();
        var paths = probe.FindPaths();
        var summaries = new SettingSummaries();
        var schema = new JsonObject
        {
            ["definitions"] = JsonNode.Parse("""
                {
                  "logLevel": {
                    "properties": {
                      "Plugins.Guest": { "$ref": "#/definitions/logLevelThreshold" },
                      "Plugins.Host": { "$ref": "#/definitions/logLevelThreshold" }
                    }
                  }
                }
                """),
            ["type"] = "object",
            ["properties"] = new JsonObject { [Root] = Object(Root, paths, probe, summaries) },
        };
        return schema.ToJsonString(Indented) + "\n";
    }

    private static JsonObject Object(
        string path, IReadOnlyCollection<string> paths, SettingProbe probe, SettingSummaries summaries)
    {
        var properties = new JsonObject();
        foreach (var below in paths.Where(below => IsBelow(below, path)))
        {
            properties[below[(path.Length + 1)..]] = Value(below, paths, probe, summaries);
        }

        return new JsonObject
        {
            ["type"] = "object",
            ["description"] = summaries.Of(Starred(path)),
            ["properties"] = properties,
            ["additionalProperties"] = false,
        };
    }

    private static JsonObject Value(
        string path, IReadOnlyCollection<string> paths, SettingProbe probe, SettingSummaries summaries)
    {
        var starred = Starred(path);
        var value = Forms.TryGetValue(starred, out var form)
            ? JsonNode.Parse(form)!.AsObject()
            : probe.Describe(path);
        value["description"] = summaries.Of(starred);
        if (SettingDefaults.Of(path) is { } present)
        {
            value["default"] = present;
        }

        if (form is not null)
        {
            return value;
        }

        switch (value["type"]?.GetValue<string>())
        {
            case "object" when paths.Any(below => IsBelow(below, path)):
                return Object(path, paths, probe, summaries);
            case "object":
                value["additionalProperties"] = Object(path + ":example", paths, probe, summaries);
                if (path == $"{Root}:Catalog")
                {
                    value["additionalProperties"]!["required"] = new JsonArray("Folder");
                }

                return value;
            case "array":
                value["items"] = Items(path + ":0", paths, probe, summaries);
                return value;
            default:
                return value;
        }
    }

    private static JsonObject Items(
        string path, IReadOnlyCollection<string> paths, SettingProbe probe, SettingSummaries summaries)
    {
        var properties = new JsonObject();
        foreach (var below in paths.Where(below => IsBelow(below, path)))
        {
            properties[below[(path.Length + 1)..]] = Value(below, paths, probe, summaries);
        }

        return new JsonObject
        {
            ["type"] = "object",
            ["properties"] = properties,
            ["required"] = new JsonArray([.. properties.Select(property => (JsonNode)property.Key)]),
            ["additionalProperties"] = false,
        };
    }

    private static bool IsBelow(string path, string above) =>
        path.StartsWith(above + ':', StringComparison.Ordinal) && !path[(above.Length + 1)..].Contains(':');

    private static string Starred(string path) =>
        path.Replace(":example", ":*", StringComparison.Ordinal).Replace(":0", ":*", StringComparison.Ordinal);
}

using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;

namespace Plugins.AspNetCore.OpenApi;

/// <summary>JSON Schemas of manifests in an OpenAPI document.</summary>
/// <remarks>
/// A manifest bounds them: 64 KiB, 32 levels. Nothing else of them is believed. One that refers to anything but itself
/// and its own definitions is left out, since it would be read as referring into the application's document or to a
/// server, and so is one that is not understood.
/// </remarks>
internal static class ManifestSchema
{
    private const string Definitions = "$defs";
    private const string Reference = "$ref";

    // Of JSON Schema's core vocabulary (2020-12, 8): these would give references another meaning.
    private static readonly HashSet<string> Refused = new(StringComparer.Ordinal)
    {
        "$id", "$anchor", "$dynamicRef", "$dynamicAnchor", "$recursiveRef", "$vocabulary", Definitions, "definitions",
    };

    /// <summary>Null where there is none that could be shown.</summary>
    internal static IOpenApiSchema? Read(string? text, OpenApiDocument? document)
    {
        if (text is null || document is null || ParseObject(text) is not { } schema)
        {
            return null;
        }

        // The same schema has the same name wherever it is used, and another one never has it.
        var name = "plugin." + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
        schema.Remove("$schema");
        schema.Remove("$id");
        schema.Remove(Definitions, out var definitions);
        var parts = new Dictionary<string, JsonNode>(StringComparer.Ordinal) { [name] = schema };
        foreach (var (key, definition) in definitions as JsonObject ?? [])
        {
            if (definition is null || !IsPlain(key))
            {
                return null;
            }

            parts[$"{name}.{key}"] = definition;
        }

        return parts.Values.All(part => TryPoint(part, name, parts)) ? Add(parts, name, document) : null;
    }

    private static OpenApiSchemaReference? Add(
        Dictionary<string, JsonNode> parts, string name, OpenApiDocument document)
    {
        var read = parts.ToDictionary(part => part.Key, part => Parse(part.Value, document), StringComparer.Ordinal);
        if (read.ContainsValue(null))
        {
            return null;
        }

        foreach (var (key, schema) in read)
        {
            document.AddComponent(key, schema!);
        }

        return new OpenApiSchemaReference(name, document);
    }

    private static OpenApiSchema? Parse(JsonNode schema, OpenApiDocument document)
    {
        try
        {
            var read = OpenApiModelFactory.Parse<OpenApiSchema>(
                schema.ToJsonString(), OpenApiSpecVersion.OpenApi3_1, document, out var diagnostic, "json");
            return diagnostic.Errors.Count == 0 ? read : null;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The reader expects a schema, and this is what a publisher wrote.
            return null;
        }
    }

    private static JsonObject? ParseObject(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Has references point to the parts in the document; false where one points elsewhere.</summary>
    private static bool TryPoint(JsonNode? node, string name, Dictionary<string, JsonNode> parts) => node switch
    {
        JsonObject keywords => TryPoint(keywords, name, parts),
        JsonArray items => items.All(item => TryPoint(item, name, parts)),
        _ => true,
    };

    private static bool TryPoint(JsonObject keywords, string name, Dictionary<string, JsonNode> parts)
    {
        foreach (var (keyword, value) in keywords.ToArray())
        {
            if (Refused.Contains(keyword) || !TryPoint(value, name, parts))
            {
                return false;
            }

            if (keyword == Reference && value is JsonValue reference)
            {
                if (!reference.TryGetValue(out string? target) || PartOf(target, name, parts) is not { } part)
                {
                    return false;
                }

                keywords[Reference] = "#/components/schemas/" + part;
            }
        }

        return true;
    }

    private static string? PartOf(string target, string name, Dictionary<string, JsonNode> parts)
    {
        const string prefix = "#/" + Definitions + "/";
        var part = target.StartsWith(prefix, StringComparison.Ordinal) ? $"{name}.{target[prefix.Length..]}"
            : target == "#" ? name
            : "";
        return parts.ContainsKey(part) ? part : null;
    }

    // What the keys of an OpenAPI document's components may have (OpenAPI 3.1, 4.8.7).
    private static bool IsPlain(string key) => key.Length > 0
        && key.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_');
}

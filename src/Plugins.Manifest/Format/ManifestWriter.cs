using System.Globalization;
using System.Text;
using System.Text.Json;
using Plugins.Manifest.Json;
using Plugins.Manifest.Permissions;

namespace Plugins.Manifest.Format;

/// <summary>Writes a manifest in the order of docs/manifest.md and leaves out what is not stated.</summary>
internal static class ManifestWriter
{
    public static void Write(Utf8JsonWriter json, PluginManifest manifest)
    {
        json.WriteStartObject();
        json.WriteNumber("schemaVersion", PluginManifest.CurrentSchemaVersion);
        json.WriteString("id", manifest.Id.ToString());
        json.WriteString("version", manifest.Version.ToString());
        json.WriteNumber("sequence", manifest.Sequence);
        json.WritePropertyName("module");
        WriteFile(json, "name", manifest.Module.Name, manifest.Module.Sha256, manifest.Module.Size);
        WriteList(json, "assets", manifest.Assets, file => WriteFile(json, "path", file.Path, file.Sha256, file.Size));
        json.WriteString("abi", manifest.Abi);
        WriteTexts(json, "features", manifest.Features);
        WriteFunctions(json, manifest.Functions);
        WriteList(json, "imports", manifest.Imports, import => WriteImport(json, import));
        WriteList(json, "permissions", manifest.Permissions, request => WriteRequest(json, request));
        WriteLimits(json, manifest.Limits);
        WriteList(json, "config", manifest.Config, key => WriteConfig(json, key));
        WriteHostApi(json, manifest.HostApi);
        WriteTime(json, "issuedAt", manifest.IssuedAt);
        WriteTime(json, "expiresAt", manifest.ExpiresAt);
        WriteTexts(json, "audience", manifest.Audience);
        WriteTexts(json, "critical", manifest.Critical);
        WriteProvenance(json, manifest.Provenance);
        json.WriteEndObject();
    }

    private static void WriteFile(Utf8JsonWriter json, string label, string name, Sha256Digest sha256, long size)
    {
        json.WriteStartObject();
        json.WriteString(label, name);
        json.WriteString("sha256", sha256.ToString());
        json.WriteNumber("size", size);
        json.WriteEndObject();
    }

    private static void WriteFunctions(Utf8JsonWriter json, IReadOnlyList<ExportedFunction> functions)
    {
        json.WriteStartArray("functions");
        for (var i = 0; i < functions.Count; i++)
        {
            var function = functions[i];
            json.WriteStartObject();
            json.WriteString("name", function.Name);
            WriteText(json, "description", function.Description);
            WriteText(json, "inputMediaType", function.InputMediaType);
            WriteText(json, "outputMediaType", function.OutputMediaType);
            WriteSchema(json, "inputSchema", function.InputSchema, i);
            WriteSchema(json, "outputSchema", function.OutputSchema, i);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteImport(Utf8JsonWriter json, ExpectedImport import)
    {
        json.WriteStartObject();
        json.WriteString("module", import.Module);
        json.WriteString("name", import.Name);
        json.WriteEndObject();
    }

    private static void WriteRequest(Utf8JsonWriter json, PermissionRequest request)
    {
        json.WriteStartObject();
        json.WriteString("name", request.Name);
        WriteTexts(json, "scope", request.Scope.Items, always: !request.Scope.IsUnlimited);
        json.WriteString("reason", request.Reason);
        WriteFlag(json, "required", request.Required);
        json.WriteEndObject();
    }

    private static void WriteLimits(Utf8JsonWriter json, RequestedLimits limits)
    {
        if (limits == new RequestedLimits())
        {
            return;
        }

        json.WriteStartObject("limits");
        WriteNumber(json, "fuel", limits.Fuel);
        WriteNumber(json, "wallTimeMs", limits.WallTimeMilliseconds);
        WriteNumber(json, "memoryPages", limits.MemoryPages);
        WriteNumber(json, "tableElements", limits.TableElements);
        WriteNumber(json, "stackBytes", limits.StackBytes);
        WriteNumber(json, "callDepth", limits.CallDepth);
        WriteNumber(json, "inputBytes", limits.InputBytes);
        WriteNumber(json, "outputBytes", limits.OutputBytes);
        WriteNumber(json, "streamedInputBytes", limits.StreamedInputBytes);
        WriteNumber(json, "streamedOutputBytes", limits.StreamedOutputBytes);
        WriteNumber(json, "errorBytes", limits.ErrorBytes);
        WriteNumber(json, "logBytes", limits.LogBytes);
        WriteNumber(json, "capabilityBytes", limits.CapabilityBytes);
        WriteNumber(json, "hostCalls", limits.HostCalls);
        json.WriteEndObject();
    }

    private static void WriteConfig(Utf8JsonWriter json, ConfigKey key)
    {
        json.WriteStartObject();
        json.WriteString("key", key.Key);
        WriteText(json, "description", key.Description);
        WriteFlag(json, "required", key.Required);
        WriteFlag(json, "secret", key.Secret);
        WriteText(json, "default", key.Default);
        json.WriteEndObject();
    }

    private static void WriteHostApi(Utf8JsonWriter json, HostApiRange? range)
    {
        if (range is null)
        {
            return;
        }

        json.WriteStartObject("hostApi");
        json.WriteString("minimum", range.Minimum.ToString());
        WriteText(json, "maximum", range.Maximum?.ToString());
        json.WriteEndObject();
    }

    private static void WriteProvenance(Utf8JsonWriter json, ManifestProvenance? provenance)
    {
        if (provenance is null)
        {
            return;
        }

        json.WriteStartObject("provenance");
        WriteText(json, "repository", provenance.Repository);
        WriteText(json, "commit", provenance.Commit);
        WriteText(json, "builder", provenance.Builder);
        json.WriteEndObject();
    }

    private static void WriteList<T>(Utf8JsonWriter json, string name, IReadOnlyList<T> items, Action<T> write)
    {
        if (items.Count == 0)
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (var item in items)
        {
            write(item);
        }

        json.WriteEndArray();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts, bool always = false)
    {
        if (texts.Count > 0)
        {
            WriteList(json, name, texts, json.WriteStringValue);
        }
        else if (always)
        {
            json.WriteStartArray(name);
            json.WriteEndArray();
        }
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }

    // A text that is not exactly one value could end the object around it and add to the manifest.
    private static void WriteSchema(Utf8JsonWriter json, string name, string? text, int function)
    {
        if (text is null)
        {
            return;
        }

        var utf8 = Encoding.UTF8.GetBytes(text);
        try
        {
            StrictJsonReader.Read(utf8, ManifestErrorCode.MalformedManifest, JsonLimits.Manifest);
        }
        catch (ManifestFormatException error)
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"$.functions[{function}].{name}{error.Path[1..]}");
            throw new ManifestFormatException(error.Code, error.Problem, path, error.Offset, error.Expected);
        }

        json.WritePropertyName(name);
        json.WriteRawValue(utf8, skipInputValidation: true);
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, long? number)
    {
        if (number is not null)
        {
            json.WriteNumber(name, number.Value);
        }
    }

    private static void WriteFlag(Utf8JsonWriter json, string name, bool flag)
    {
        if (flag)
        {
            json.WriteBoolean(name, flag);
        }
    }

    private static void WriteTime(Utf8JsonWriter json, string name, DateTimeOffset? time) =>
        WriteText(
            json, name, time?.ToUniversalTime().ToString(JsonValue.TimeFormat, CultureInfo.InvariantCulture));
}

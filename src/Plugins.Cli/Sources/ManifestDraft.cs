using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Plugins.Cli.Failures;
using Plugins.Host.Abi;
using Plugins.Manifest;
using Plugins.Wasm;

namespace Plugins.Cli.Sources;

/// <summary>Completes the manifest that an author writes with what the module and the clock know.</summary>
/// <remarks>
/// May be left out: schemaVersion, abi, module, features, functions, issuedAt. What is missing goes behind everything
/// that is there, so that faults are reported at the bytes where the author will find them. A field that the format
/// lacks is one of the faults: what is read here is written anew when it is signed, without it.
/// </remarks>
internal static class ManifestDraft
{
    /// <summary>The manifest of exactly this module, issued now.</summary>
    internal static PluginManifest Complete(PluginSource source, DateTimeOffset now)
    {
        var draft = source.Draft!; // Whoever asks has seen that there is one.
        try
        {
            var manifest = PluginManifest.Parse(
                AddMissing(draft, source, now), JsonUnmappedMemberHandling.Disallow);
            return manifest with { Module = ManifestModule.Describe(source.Module), IssuedAt = now };
        }
        catch (ManifestFormatException fault)
        {
            throw new CommandException(FileFault.Of(fault, source.DraftPath!, draft), fault);
        }
    }

    private static byte[] AddMissing(ReadOnlySpan<byte> draft, PluginSource source, DateTimeOffset now)
    {
        if (FieldsOf(draft) is not { } fields)
        {
            return draft.ToArray();
        }

        var missing = DefaultsOf(source, now)
            .Where(field => !fields.Names.Contains(field.Name))
            .Select(field => $"\"{field.Name}\":{field.Json()}");
        var text = string.Join(',', missing);
        var separator = fields.Names.Count > 0 && text.Length > 0 ? "," : "";
        return [.. draft[..fields.End], .. Encoding.UTF8.GetBytes(separator + text), .. draft[fields.End..]];
    }

    private static IEnumerable<(string Name, Func<string> Json)> DefaultsOf(PluginSource source, DateTimeOffset now)
    {
        var description = ManifestModule.Describe(source.Module);
        yield return ("schemaVersion", () => "1");
        yield return ("abi", () => $"\"{AbiNames.Version}\"");
        yield return (
            "module",
            () => $$"""{"name":"plugin.wasm","sha256":"{{description.Sha256}}","size":{{description.Size}}}""");
        yield return ("features", () => $"[{string.Join(',', FeaturesOf(source).Select(name => $"\"{name}\""))}]");
        yield return ("functions", () => FunctionsOf(source));
        yield return ("issuedAt", () => $"\"{now.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}\"");
    }

    // Of what the embedded engine does not read, another one may know more; a list that is not there leaves it open.
    private static ImmutableArray<string> FeaturesOf(PluginSource source)
    {
        try
        {
            return Module.Describe(source.Module).Features;
        }
        catch (WasmException)
        {
            return [];
        }
    }

    private static string FunctionsOf(PluginSource source)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            foreach (var function in BareModule.ManifestOf(source).Functions)
            {
                writer.WriteStartObject();
                writer.WriteString("name", function.Name);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>
    /// The names in the outermost object and where it ends; null when it is none, for the parser to say so.
    /// </summary>
    private static (HashSet<string> Names, int End)? FieldsOf(ReadOnlySpan<byte> draft)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var reader = new Utf8JsonReader(draft);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1)
                {
                    names.Add(reader.GetString()!);
                }
                else if (reader is { TokenType: JsonTokenType.EndObject, CurrentDepth: 0 })
                {
                    return (names, (int)reader.TokenStartIndex);
                }
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }

        return null;
    }
}

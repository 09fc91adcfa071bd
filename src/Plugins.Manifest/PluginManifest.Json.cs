using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Plugins.Manifest.Format;
using Plugins.Manifest.Json;

namespace Plugins.Manifest;

public sealed partial record PluginManifest
{
    /// <summary>Reads an unsigned manifest, such as a developer's own.</summary>
    /// <param name="utf8Json">The whole document, at most 256 KiB.</param>
    /// <returns>The manifest.</returns>
    /// <exception cref="ManifestFormatException">The document breaks the format.</exception>
    /// <exception cref="UnknownCriticalException">It insists on a field that this version does not know.</exception>
    /// <exception cref="UnsupportedSchemaException">It is written in another schema version.</exception>
    public static PluginManifest Parse(ReadOnlySpan<byte> utf8Json) =>
        Parse(utf8Json, JsonUnmappedMemberHandling.Skip);

    /// <summary>Reads an unsigned manifest, with a choice to refuse unknown fields.</summary>
    /// <param name="utf8Json">The whole document, at most 256 KiB.</param>
    /// <param name="unknownFields">
    /// <see cref="JsonUnmappedMemberHandling.Disallow"/> is for tools of authors: a field that the format lacks is a
    /// misspelt one there. Whoever loads plugins skips them.
    /// </param>
    /// <inheritdoc cref="Parse(ReadOnlySpan{byte})" path="/*[not(self::summary or self::param)]"/>
    public static PluginManifest Parse(ReadOnlySpan<byte> utf8Json, JsonUnmappedMemberHandling unknownFields)
    {
        var limits = JsonLimits.Manifest;
        var copy = utf8Json[..Math.Min(utf8Json.Length, limits.MaxBytes + 1)].ToArray();
        var isStrict = unknownFields is JsonUnmappedMemberHandling.Disallow;
        var root = StrictJsonReader.Read(copy, ManifestErrorCode.MalformedManifest, limits, isStrict);
        var manifest = ManifestReader.Read(root);
        if (isStrict)
        {
            root.RequireAllAsked();
        }

        return manifest;
    }

    /// <summary>Writes the manifest as JSON, without checking it.</summary>
    /// <param name="indented">True for indented text.</param>
    /// <returns>UTF-8 without byte order mark.</returns>
    public byte[] ToJson(bool indented = false)
    {
        var options = new JsonWriterOptions
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            Indented = indented,
            NewLine = "\n",
        };
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, options))
        {
            ManifestWriter.Write(json, this);
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Checks a manifest built in code by the same rules as one that is read.</summary>
    /// <exception cref="ManifestFormatException">A field breaks the format; the path says which.</exception>
    /// <exception cref="UnknownCriticalException">It insists on a field that this version does not know.</exception>
    public void Validate() => Parse(ToJson());
}

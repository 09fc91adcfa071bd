using System.Text.Json;
using Plugins.Manifest;

namespace Plugins.Cli.Sources;

/// <summary>What a signature file claims, read without any key: for looking at, never for trusting.</summary>
internal sealed record UnverifiedSignature(PluginManifest? Manifest, int Signatures, bool IsBundle)
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    /// <summary>Null where the file cannot be read as a bundle or an envelope.</summary>
    internal static UnverifiedSignature? Read(ReadOnlyMemory<byte> file)
    {
        try
        {
            using var document = JsonDocument.Parse(file, Strict);
            var isBundle = document.RootElement.TryGetProperty("dsseEnvelope", out var inner);
            var envelope = isBundle ? inner : document.RootElement;
            var payload = envelope.GetProperty("payload").GetString()?.Replace('-', '+').Replace('_', '/');
            var signatures = envelope.GetProperty("signatures").GetArrayLength();
            return new UnverifiedSignature(ManifestIn(Convert.FromBase64String(payload ?? "")), signatures, isBundle);
        }
        catch (Exception exception) when (IsOfContent(exception))
        {
            return null;
        }
    }

    private static PluginManifest? ManifestIn(byte[] statement)
    {
        try
        {
            using var document = JsonDocument.Parse(statement, Strict);
            var predicate = document.RootElement.GetProperty("predicate");
            return PluginManifest.Parse(System.Text.Encoding.UTF8.GetBytes(predicate.GetRawText()));
        }
        catch (Exception exception) when (IsOfContent(exception))
        {
            return null;
        }
    }

    // What JsonElement throws at a value of another kind, at a name that is not there, at text that is no text.
    private static bool IsOfContent(Exception exception) => exception
        is JsonException or ManifestException or FormatException or InvalidOperationException or KeyNotFoundException;
}

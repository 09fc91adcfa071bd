using System.Buffers;
using System.Text.Json;
using Plugins.Manifest.Format;
using Plugins.Manifest.Json;

namespace Plugins.Manifest.Signing;

/// <summary>What is signed: a statement that its predicate, the manifest, is about its subjects, the files.</summary>
internal sealed record InTotoStatement(PluginManifest Manifest, IReadOnlyList<Sha256Digest> Subjects)
{
    public const string PredicateType = "urn:plugins:manifest:v1";

    public const string Type = "https://in-toto.io/Statement/v1";

    // What cosign attest-blob writes.
    private const string OldType = "https://in-toto.io/Statement/v0.1";
    private const int MaxSubjects = 64;
    private const int MaxTypeLength = 256;

    /// <summary>Reads the payload; the caller has verified a signature over these very bytes.</summary>
    public static InTotoStatement Read(byte[] payload)
    {
        var root = StrictJsonReader
            .Read(payload, ManifestErrorCode.MalformedManifest, JsonLimits.Manifest)
            .RequireObject();
        root.Required("_type").AsText(MaxTypeLength, type => type is Type or OldType, Type);
        var predicateType = root.Required("predicateType").AsText(MaxTypeLength);
        if (predicateType != PredicateType)
        {
            throw new UnsupportedPredicateException(predicateType);
        }

        var subjects = root.Required("subject").AsArray(1, MaxSubjects).Select(ReadSubject).ToArray();
        return new InTotoStatement(ManifestReader.Read(root.Required("predicate")), subjects);
    }

    public static byte[] Write(PluginManifest manifest)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, SignatureFile.WriterOptions))
        {
            json.WriteStartObject();
            json.WriteString("_type", Type);
            WriteSubject(json, manifest.Module);
            json.WriteString("predicateType", PredicateType);
            json.WritePropertyName("predicate");
            ManifestWriter.Write(json, manifest);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static Sha256Digest ReadSubject(JsonValue value) => value.Required("digest").Required("sha256").AsDigest();

    private static void WriteSubject(Utf8JsonWriter json, ManifestModule module)
    {
        json.WriteStartArray("subject");
        json.WriteStartObject();
        json.WriteString("name", module.Name);
        json.WriteStartObject("digest");
        json.WriteString("sha256", module.Sha256.ToString());
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }
}

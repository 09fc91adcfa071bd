using System.Security.Cryptography;
using System.Text;
using Plugins.Manifest.Signing;

namespace Plugins.Manifest.Tests.Support;

/// <summary>Builds signature files by hand, right or wrong, without the code under test.</summary>
internal static class TestEnvelope
{
    private const string Type = "application/vnd.in-toto+json";

    public static string Statement(string? predicate = null, string? predicateType = null, string? subjects = null)
    {
        predicate ??= TestPlugin.Json;
        predicateType ??= "urn:plugins:manifest:v1";
        subjects ??= Subject(TestPlugin.Manifest.Module.Sha256);
        return $$"""
            {"_type":"https://in-toto.io/Statement/v1","subject":[{{subjects}}],
            "predicateType":"{{predicateType}}","predicate":{{predicate}} }
            """;
    }

    public static string Subject(Sha256Digest digest) =>
        $$"""{"name":"plugin.wasm","digest":{"sha256":"{{digest}}"} }""";

    public static byte[] Sign(string statement, TestKey key)
    {
        var payload = Encoding.UTF8.GetBytes(statement);
        byte[] signed = [.. Encoding.UTF8.GetBytes($"DSSEv1 {Type.Length} {Type} {payload.Length} "), .. payload];
        return key.Key.SignData(signed, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    /// <summary>A bundle that is signed rightly over whatever the statement is.</summary>
    public static byte[] Bundle(string statement, TestKey key, bool withHint = true) =>
        Bundle(Encoding.UTF8.GetBytes(statement), Sign(statement, key), withHint ? key.Id.ToBase64() : null);

    public static byte[] Bundle(byte[] payload, byte[] signature, string? hint)
    {
        var publicKey = hint is null ? "" : $$"""
            "publicKey":{"hint":"{{hint}}"}
            """;
        return Encoding.UTF8.GetBytes($$"""
            {"mediaType":"{{SignatureFile.BundleMediaType}}",
            "verificationMaterial":{ {{publicKey}} },
            "dsseEnvelope":{{EnvelopeText(payload, Entry(signature))}} }
            """);
    }

    public static byte[] Envelope(string statement, params string[] entries) =>
        Encoding.UTF8.GetBytes(EnvelopeText(Encoding.UTF8.GetBytes(statement), entries));

    public static string Entry(byte[] signature, string? keyId = null) => keyId is null
        ? $$"""{"sig":"{{Convert.ToBase64String(signature)}}"}"""
        : $$"""{"sig":"{{Convert.ToBase64String(signature)}}","keyid":"{{keyId}}"}""";

    private static string EnvelopeText(byte[] payload, params string[] entries) =>
        $$"""
        {"payloadType":"{{Type}}","payload":"{{Convert.ToBase64String(payload)}}",
        "signatures":[{{string.Join(',', entries)}}]}
        """;
}

namespace Plugins.Manifest.Signing;

/// <summary>One signature of an envelope.</summary>
/// <param name="Bytes">ASN.1 DER, not looked into.</param>
/// <param name="KeyHint">Which key made it, by the word of nobody in particular: it orders candidates, no more.</param>
internal sealed record SignatureEntry(byte[] Bytes, string? KeyHint);

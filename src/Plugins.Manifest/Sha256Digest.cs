using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Plugins.Manifest;

/// <summary>The SHA-256 of some bytes; shown as 64 lowercase hexadecimal digits.</summary>
/// <remarks>Immutable and safe for use by many threads.</remarks>
public sealed class Sha256Digest : IEquatable<Sha256Digest>
{
    internal const string Form = "64 lowercase hexadecimal digits";

    private readonly byte[] _bytes;

    private Sha256Digest(byte[] bytes)
    {
        _bytes = bytes;
    }

    /// <summary>The 32 bytes.</summary>
    /// <remarks>Owned by the digest and valid as long as it lives.</remarks>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Hashes bytes.</summary>
    /// <param name="data">Any bytes.</param>
    /// <returns>Their digest.</returns>
    public static Sha256Digest Compute(ReadOnlySpan<byte> data) => new(SHA256.HashData(data));

    /// <summary>Reads 64 lowercase hexadecimal digits.</summary>
    /// <param name="hex">The digits.</param>
    /// <returns>The digest.</returns>
    /// <exception cref="FormatException">The text has another form.</exception>
    public static Sha256Digest Parse(string hex)
    {
        ArgumentNullException.ThrowIfNull(hex);
        return TryParse(hex, out var digest) ? digest : throw new FormatException($"A SHA-256 digest is {Form}.");
    }

    /// <summary>Reads a digest if the text is one.</summary>
    /// <param name="hex">Any text.</param>
    /// <param name="digest">The digest when the text is one.</param>
    /// <returns>True if the text is 64 lowercase hexadecimal digits.</returns>
    public static bool TryParse([NotNullWhen(true)] string? hex, [NotNullWhen(true)] out Sha256Digest? digest)
    {
        var valid = hex is { Length: 64 } && hex.All(c => char.IsAsciiHexDigitLower(c));
        digest = valid ? new Sha256Digest(Convert.FromHexString(hex!)) : null;
        return valid;
    }

    /// <inheritdoc/>
    public bool Equals(Sha256Digest? other) =>
        other is not null && CryptographicOperations.FixedTimeEquals(_bytes, other._bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Sha256Digest);

    /// <inheritdoc/>
    public override int GetHashCode() => BitConverter.ToInt32(_bytes, 0);

    /// <inheritdoc/>
    public override string ToString() => Convert.ToHexStringLower(_bytes);
}

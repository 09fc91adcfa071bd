namespace Plugins.Manifest;

/// <summary>Pins the exact bytes of a file beside the module.</summary>
/// <remarks>Immutable and safe for use by many threads.</remarks>
public sealed record ManifestAsset
{
    /// <summary>Relative path with forward slashes, safe on every file system.</summary>
    public required string Path { get; init; }

    /// <summary>Digest of the whole file.</summary>
    public required Sha256Digest Sha256 { get; init; }

    /// <summary>Length of the whole file in bytes.</summary>
    public required long Size { get; init; }
}

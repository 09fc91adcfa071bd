namespace Plugins.Manifest;

/// <summary>Pins the exact bytes of the module.</summary>
/// <remarks>Immutable and safe for use by many threads.</remarks>
public sealed record ManifestModule
{
    /// <summary>File name, for people and packages.</summary>
    /// <value><see cref="PackageFiles.Module"/> by default.</value>
    public string Name { get; init; } = PackageFiles.Module;

    /// <summary>Digest of the whole file.</summary>
    public required Sha256Digest Sha256 { get; init; }

    /// <summary>Length of the whole file in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>Describes a module from its bytes.</summary>
    /// <param name="module">The whole module.</param>
    /// <param name="name">Its file name.</param>
    /// <returns>Name, digest and size.</returns>
    public static ManifestModule Describe(ReadOnlySpan<byte> module, string name = PackageFiles.Module) =>
        new() { Name = name, Sha256 = Sha256Digest.Compute(module), Size = module.Length };

    /// <summary>True if bytes are the module described here.</summary>
    /// <param name="module">The whole module.</param>
    /// <returns>True if size and digest are the same.</returns>
    public bool Matches(ReadOnlySpan<byte> module) =>
        module.Length == Size && Sha256Digest.Compute(module).Equals(Sha256);
}

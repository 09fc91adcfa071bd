namespace Plugins.Manifest;

/// <summary>The module's origin: a claim of the publisher that nothing here checks.</summary>
/// <remarks>Immutable and safe for use by many threads.</remarks>
public sealed record ManifestProvenance
{
    /// <summary>Address of the source repository.</summary>
    /// <value><see langword="null"/> by default.</value>
    public string? Repository { get; init; }

    /// <summary>The revision that was built.</summary>
    /// <value><see langword="null"/> by default.</value>
    public string? Commit { get; init; }

    /// <summary>The system that built it.</summary>
    /// <value><see langword="null"/> by default.</value>
    public string? Builder { get; init; }
}

namespace Plugins.Manifest;

/// <summary>A setting that the plugin reads by its key.</summary>
/// <remarks>Immutable and safe for use by many threads.</remarks>
public sealed record ConfigKey
{
    /// <summary>The key that the plugin passes to <c>config.read</c>.</summary>
    public required string Key { get; init; }

    /// <summary>The setting's purpose, in the publisher's words.</summary>
    /// <value><see langword="null"/> by default.</value>
    public string? Description { get; init; }

    /// <summary>True if the plugin cannot work without a value.</summary>
    /// <value><see langword="false"/> by default.</value>
    public bool Required { get; init; }

    /// <summary>True if the value must never be logged, recorded or shown.</summary>
    /// <value><see langword="false"/> by default.</value>
    public bool Secret { get; init; }

    /// <summary>The value when the application sets none.</summary>
    /// <value><see langword="null"/> by default: no such key. A secret has no default.</value>
    public string? Default { get; init; }
}

namespace Plugins.Manifest.Trust;

/// <summary>An unchecked key entry of a trust policy.</summary>
/// <remarks>Immutable and safe for use by many threads.</remarks>
public sealed record TrustedKeyOptions
{
    /// <summary>The name by which publishers and messages refer to the key.</summary>
    public required string Name { get; init; }

    /// <summary>The public key: one PEM block <c>PUBLIC KEY</c> on the curve P-256.</summary>
    public required string Pem { get; init; }

    /// <summary>The key's status: active, retired or revoked.</summary>
    /// <value><see cref="TrustedKeyStatus.Active"/> by default.</value>
    public TrustedKeyStatus Status { get; init; }

    /// <summary>The time from which the key is accepted.</summary>
    /// <value><see langword="null"/> by default: always was.</value>
    public DateTimeOffset? ValidFrom { get; init; }

    /// <summary>The time from which the key is refused.</summary>
    /// <value><see langword="null"/> by default: never.</value>
    public DateTimeOffset? ValidUntil { get; init; }

    /// <summary>The key's expected id, to check that the right key was pasted.</summary>
    /// <value><see langword="null"/> by default: not checked.</value>
    public KeyId? KeyId { get; init; }
}

namespace Plugins.Manifest.Trust;

/// <summary>One thing that is wrong in a trust policy.</summary>
/// <param name="Entry">The entry, as in <c>keys[release-2026]</c> or <c>publishers[acme]</c>.</param>
/// <param name="Problem">The fault of the entry.</param>
/// <remarks>Immutable and safe for use by many threads.</remarks>
public sealed record TrustPolicyFault(string Entry, string Problem)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Entry}: {Problem}";
}

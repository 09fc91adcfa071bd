namespace Plugins.Manifest.Trust;

/// <summary>One thing that is wrong in a trust policy.</summary>
/// <param name="Entry">The entry, as in <c>keys[release-2026]</c> or <c>publishers[acme]</c>.</param>
/// <param name="Problem">What is wrong with it.</param>
/// <remarks>Immutable, thus safe for use from several threads.</remarks>
public sealed record TrustPolicyFault(string Entry, string Problem)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Entry}: {Problem}";
}

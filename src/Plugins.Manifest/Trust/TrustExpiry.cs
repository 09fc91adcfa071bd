using System.Globalization;

namespace Plugins.Manifest.Trust;

/// <summary>When a plugin that is trusted now will not be any more, by the dates that are known.</summary>
/// <param name="At">The time from which it is refused; clocks that differ are allowed for besides.</param>
/// <param name="Key">
/// The key whose end ends it, as too few others signed; null where the manifest expires, by its own date or the
/// policy's maximum age.
/// </param>
/// <remarks>Immutable and safe for use by many threads.</remarks>
public sealed record TrustExpiry(DateTimeOffset At, TrustedKey? Key)
{
    /// <summary>The first of what ends trust; null where nothing does.</summary>
    internal static TrustExpiry? Find(
        DateTimeOffset? manifest, IEnumerable<TrustedKey> signers, int threshold)
    {
        // As long as enough of them are left, the end of one key is none of trust's.
        var last = signers.OrderByDescending(key => key.ValidUntil ?? DateTimeOffset.MaxValue)
            .ElementAtOrDefault(threshold - 1);
        return last is { ValidUntil: { } until } && !(manifest <= until)
            ? new TrustExpiry(until, last)
            : manifest is { } end ? new TrustExpiry(end, null) : null;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{At.UtcDateTime:yyyy-MM-dd} ({(Key is null ? "the manifest expires" : $"the key {Key.Name} does")})");
}

namespace Plugins.Manifest;

/// <summary>Versions of the host API that a plugin works with, both ends included.</summary>
/// <param name="Minimum">The oldest version.</param>
/// <param name="Maximum">The newest version, or <see langword="null"/> when none is known to break it.</param>
/// <remarks>Immutable and safe for use by many threads.</remarks>
public sealed record HostApiRange(SemanticVersion Minimum, SemanticVersion? Maximum = null)
{
    /// <summary>True if a host of this version may load the plugin.</summary>
    /// <param name="hostApi">The host's version.</param>
    /// <returns>True if it is in the range, by precedence.</returns>
    public bool Contains(SemanticVersion hostApi)
    {
        ArgumentNullException.ThrowIfNull(hostApi);
        return hostApi >= Minimum && (Maximum is null || hostApi <= Maximum);
    }
}

namespace Plugins.Manifest.Trust;

/// <summary>Some keys of the publisher signed, but fewer than the policy demands.</summary>
/// <remarks>Immutable once thrown.</remarks>
public sealed class ThresholdNotMetException : ManifestException
{
    /// <summary>Composes the message.</summary>
    /// <param name="plugin">The signed plugin.</param>
    /// <param name="threshold">The number of different keys that must have signed.</param>
    /// <param name="signers">Keys that count.</param>
    public ThresholdNotMetException(PluginId plugin, int threshold, IReadOnlyList<TrustedKey> signers)
        : base(ManifestErrorCode.ThresholdNotMet, Compose(plugin, threshold, signers))
    {
        Plugin = plugin;
        Threshold = threshold;
        Signers = signers;
    }

    /// <summary>The signed plugin.</summary>
    public PluginId Plugin { get; }

    /// <summary>The number of different keys that must have signed.</summary>
    public int Threshold { get; }

    /// <summary>The different, usable keys of the publisher that did sign.</summary>
    public IReadOnlyList<TrustedKey> Signers { get; }

    private static string Compose(PluginId plugin, int threshold, IReadOnlyList<TrustedKey> signers)
    {
        ArgumentNullException.ThrowIfNull(plugin);
        ArgumentNullException.ThrowIfNull(signers);
        return $"{plugin} needs signatures by {threshold} keys of its publisher and has {signers.Count}: "
            + $"{string.Join(", ", signers)}.";
    }
}

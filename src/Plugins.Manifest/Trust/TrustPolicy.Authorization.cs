namespace Plugins.Manifest.Trust;

public sealed partial class TrustPolicy
{
    /// <summary>Decides whether the keys that signed may, together, speak for the plugin's publisher.</summary>
    internal TrustedPublisher Authorize(
        PluginId plugin, IReadOnlyList<TrustedKey> signers, DateTimeOffset now, TimeSpan clockSkew)
    {
        var publisher = Find(plugin.Publisher);
        var own = signers.Where(signer => publisher?.Keys.Contains(signer) ?? false).ToArray();
        if (publisher is null || own.Length == 0)
        {
            throw new WrongPublisherException(plugin, signers);
        }

        var usable = own.Where(key => key.RefusalAt(now, clockSkew) == ManifestErrorCode.None).ToArray();
        if (usable.Length >= publisher.Threshold)
        {
            return publisher;
        }

        // A key that was refused explains more than a count does, and a revoked one explains most.
        var refused = own.Except(usable).OrderBy(key => key.RefusalAt(now, clockSkew)).FirstOrDefault();
        throw refused is null
            ? new ThresholdNotMetException(plugin, publisher.Threshold, usable)
            : new KeyRefusedException(refused.RefusalAt(now, clockSkew), plugin, refused);
    }
}

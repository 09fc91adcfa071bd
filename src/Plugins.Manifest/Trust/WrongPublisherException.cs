namespace Plugins.Manifest.Trust;

/// <summary>The signature is by a trusted key, but that key may not speak for this publisher.</summary>
/// <remarks>Immutable once thrown.</remarks>
public sealed class WrongPublisherException : ManifestException
{
    /// <summary>Composes the message.</summary>
    /// <param name="plugin">The plugin that claims the publisher.</param>
    /// <param name="signers">Keys that did sign.</param>
    public WrongPublisherException(PluginId plugin, IReadOnlyList<TrustedKey> signers)
        : base(ManifestErrorCode.WrongPublisher, Compose(plugin, signers))
    {
        Plugin = plugin;
        Signers = signers;
    }

    /// <summary>The plugin that claims the publisher.</summary>
    public PluginId Plugin { get; }

    /// <summary>Keys of the policy that signed.</summary>
    public IReadOnlyList<TrustedKey> Signers { get; }

    private static string Compose(PluginId plugin, IReadOnlyList<TrustedKey> signers)
    {
        ArgumentNullException.ThrowIfNull(plugin);
        ArgumentNullException.ThrowIfNull(signers);
        return $"{plugin} is signed by keys which the trust policy does not accept for the publisher "
            + $"{plugin.Publisher}: {string.Join(", ", signers)}.";
    }
}

using System.Collections.Immutable;

namespace Plugins.Host.Catalog.Sources;

/// <summary>One version of a plugin as its source has it, before the host has verified anything of it.</summary>
/// <remarks>
/// Immutable and safe for use by many threads. It can be loaded again, which verifies it again: that is how a catalog
/// goes back to the version before.
/// </remarks>
public sealed class PluginPackage
{
    private readonly Func<PluginHost, CancellationToken, Plugin> _load;

    /// <summary>Makes a package that a delegate loads.</summary>
    /// <param name="location">The place it was read from, for people.</param>
    /// <param name="load">Loads it into the catalog's host; called for each load, on a thread of the pool.</param>
    public PluginPackage(string location, Func<PluginHost, CancellationToken, Plugin> load)
    {
        ArgumentException.ThrowIfNullOrEmpty(location);
        ArgumentNullException.ThrowIfNull(load);
        Location = location;
        _load = load;
    }

    /// <summary>The place it was read from, for people.</summary>
    public string Location { get; }

    /// <summary>Makes a package of a signed module in memory.</summary>
    /// <param name="location">The place it was read from, for people.</param>
    /// <param name="module">The whole WebAssembly module.</param>
    /// <param name="signatureFile">The Sigstore bundle or DSSE envelope that holds its signed manifest.</param>
    /// <param name="options">Settings and grants for the plugin.</param>
    /// <returns>The package.</returns>
    public static PluginPackage FromBytes(
        string location,
        ImmutableArray<byte> module,
        ImmutableArray<byte> signatureFile,
        PluginLoadOptions? options = null) =>
        new(location, (host, cancellation) => host.Load(module, signatureFile.AsSpan(), options, cancellation));

    internal Plugin Load(PluginHost host, CancellationToken cancellationToken) => _load(host, cancellationToken);
}

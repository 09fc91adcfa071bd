using Microsoft.Extensions.Primitives;

namespace Plugins.Host.Catalog.Sources;

/// <summary>Where the versions of one plugin come from: a folder, a delegate, or a registry.</summary>
/// <remarks>
/// Used by many threads at once. The catalog disposes it if it is <see cref="IDisposable"/>. Nothing that it says is
/// believed: what it reads is verified by the host as any other plugin.
/// </remarks>
public interface IPluginSource
{
    /// <summary>The place, for people: a path or an address, without secrets.</summary>
    string Location { get; }

    /// <summary>Reads the version that is there now, whole.</summary>
    /// <param name="maximumModuleBytes">The host's limit; reading may end one byte beyond it.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The version, which does not change any more and holds nothing open.</returns>
    /// <exception cref="IOException">There is none, or it changed while it was read.</exception>
    ValueTask<PluginPackage> ReadAsync(long maximumModuleBytes, CancellationToken cancellationToken);

    /// <summary>A token that changes once there is another version to read, complete and stable.</summary>
    /// <returns>A new one after each change; one that never changes where the source cannot tell.</returns>
    IChangeToken GetChangeToken();
}

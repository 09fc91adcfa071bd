namespace Plugins.Host.Capabilities;

/// <summary>An asynchronous function of the application that guests may call, over streams.</summary>
/// <param name="context">The call it runs for.</param>
/// <param name="request">The guest's bytes, to be read; of no use once the function has completed.</param>
/// <param name="result">
/// Takes the result by any way of writing, or with <see cref="CapabilityStatus.Failed"/> a message for the guest.
/// </param>
/// <param name="cancellationToken">As that of an <see cref="AsyncHostFunction"/>.</param>
/// <returns>The status the guest sees.</returns>
/// <remarks>
/// For what reads or writes streams anyway, such as a file or a store of blobs. Both are in memory, within the plugin's
/// limits on requests and results: a result beyond its limit fails the write, and the guest is told so. Neither is to
/// be disposed. Otherwise as an <see cref="AsyncHostFunction"/>.
/// </remarks>
public delegate ValueTask<CapabilityStatus> StreamHostFunction(
    PluginCallContext context, Stream request, Stream result, CancellationToken cancellationToken);

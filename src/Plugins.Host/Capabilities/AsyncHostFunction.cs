using System.Buffers;

namespace Plugins.Host.Capabilities;

/// <summary>An asynchronous function of the application that guests may call, over bytes.</summary>
/// <param name="context">The call it runs for.</param>
/// <param name="request">A copy of the guest's bytes, which must not be used once the function has completed.</param>
/// <param name="result">
/// Takes the result, or with <see cref="CapabilityStatus.Failed"/> a message for the guest.
/// </param>
/// <param name="cancellationToken">
/// <see cref="PluginCallContext.CancellationToken"/>: cancelled at the call's deadline, when its caller cancels, when
/// the plugin's session or host is disposed, and when the call ends.
/// </param>
/// <returns>The status the guest sees.</returns>
/// <remarks>
/// <para>Called on many threads at once, for different calls. The guest waits until the function completes; when the
/// call is stopped before that, it ends without the function, which can no longer reach the guest.</para>
/// <para>An exception fails the capability as that of a <see cref="HostFunction"/> does.</para>
/// </remarks>
public delegate ValueTask<CapabilityStatus> AsyncHostFunction(
    PluginCallContext context,
    ReadOnlyMemory<byte> request,
    IBufferWriter<byte> result,
    CancellationToken cancellationToken);

using System.Buffers;

namespace Plugins.Host.Capabilities;

/// <summary>A function of the application that guests may call, over bytes.</summary>
/// <param name="context">The call it runs for.</param>
/// <param name="request">The guest's bytes, in guest memory: gone when the function returns.</param>
/// <param name="result">
/// Takes the result, or with <see cref="CapabilityStatus.Failed"/> a message for the guest.
/// </param>
/// <returns>The status the guest sees.</returns>
/// <remarks>
/// Called on many threads at once, for different calls. An exception fails the capability: the guest gets the message
/// of a <see cref="GuestVisibleException"/>, and of any other one only that something failed, while the log gets it
/// all.
/// </remarks>
public delegate CapabilityStatus HostFunction(
    PluginCallContext context, ReadOnlySpan<byte> request, IBufferWriter<byte> result);

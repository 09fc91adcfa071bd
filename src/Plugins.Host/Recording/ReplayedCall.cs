using Plugins.Host.Errors;

namespace Plugins.Host.Recording;

/// <summary>A call that was replayed and ended as it did when it was recorded.</summary>
/// <param name="Output">
/// What the guest wrote; empty where the recorded call failed, or wrote to a stream, whose bytes were compared.
/// </param>
/// <param name="Failure">The failure that the call ended with, as then; null where it succeeded.</param>
/// <param name="FuelConsumed">The fuel that the replay used.</param>
/// <param name="IsFuelCompared">True if it had to be the same, as engine and version are, and both metered.</param>
/// <remarks>Immutable and safe for use by many threads.</remarks>
public sealed record ReplayedCall(
    ReadOnlyMemory<byte> Output, PluginException? Failure, long FuelConsumed, bool IsFuelCompared);

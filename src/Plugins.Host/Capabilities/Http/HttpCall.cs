using Plugins.Host.Capabilities.Http.Tracing;
using Plugins.Manifest;
using Plugins.Manifest.Permissions;

namespace Plugins.Host.Capabilities.Http;

/// <summary>What one call of a plugin may send, and has sent.</summary>
/// <remarks>A guest makes one request at a time.</remarks>
internal sealed class HttpCall
{
    internal required PluginId Plugin { get; init; }

    internal required bool IsSigned { get; init; }

    internal required string? Tenant { get; init; }

    internal required string CallId { get; init; }

    /// <summary>The plugin's grant.</summary>
    internal required PermissionScope Scope { get; init; }

    /// <summary>The plugin's connections.</summary>
    internal required HttpTransportPool Transports { get; init; }

    /// <summary>Bytes that the guest may get as a result.</summary>
    internal required int ResultBytes { get; init; }

    /// <summary>Where its requests are told of; null for nowhere.</summary>
    internal HttpInstruments? Instruments { get; init; }

    /// <summary>Cancelled when the call is over; for the request that is sent.</summary>
    internal CancellationToken Stopping { get; set; }

    /// <summary>Requests sent so far.</summary>
    internal int Requests { get; set; }
}

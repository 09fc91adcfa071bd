using Microsoft.AspNetCore.Http;
using Plugins.Host;

namespace Plugins.AspNetCore;

/// <summary>How requests become calls of a plugin, and its output becomes answers.</summary>
/// <remarks>Immutable and safe for use by many threads, as far as the delegate is.</remarks>
public sealed record PluginEndpointOptions
{
    /// <summary>Makes options with the defaults.</summary>
    public PluginEndpointOptions()
    {
    }

    /// <summary>Media types that output may have; the manifest's is used if it is among them.</summary>
    /// <value>JSON, plain text and bytes. Types that a browser runs or shows as a page are not among them.</value>
    /// <remarks>Output for which the manifest states none is <c>application/octet-stream</c>.</remarks>
    public IReadOnlyCollection<string> AllowedMediaTypes { get; init; } = DefaultMediaTypes;

    /// <summary>Sets the call's tenant, key or limits from the request.</summary>
    /// <value>Null: the call has the request's id and services, and no tenant.</value>
    public Func<HttpContext, PluginCallOptions, PluginCallOptions>? ConfigureCall { get; init; }

    /// <summary>True to give the guest the body as it comes, and the client the output as it is written.</summary>
    /// <value>False: both are held whole, within the plugin's limits on input and output.</value>
    /// <remarks>
    /// Bodies of any length need little memory then, within the plugin's limits on streamed input and output, and the
    /// guest is not told the length. The call begins before the body has come, and waits for its client: a slow one
    /// keeps an instance and a guest thread until the call's time is over. A failure after the first byte of the
    /// answer ends the connection, as the status has been sent.
    /// </remarks>
    public bool Streams { get; init; }

    /// <summary>True to show callers the text that a guest wrote about its failure.</summary>
    /// <value>False: it is the guest's words, and perhaps of other callers' data.</value>
    public bool ShowGuestMessages { get; init; }

    private static IReadOnlyCollection<string> DefaultMediaTypes { get; } =
        ["application/json", "text/plain", "application/octet-stream", "application/vnd.msgpack", "application/cbor"];

    // After what its own properties are made from.
    internal static PluginEndpointOptions Default { get; } = new();
}

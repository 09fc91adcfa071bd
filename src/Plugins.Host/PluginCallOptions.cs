using Plugins.Host.Recording;

namespace Plugins.Host;

/// <summary>Options for one call: tenant, context, and lower limits.</summary>
/// <remarks>Immutable and safe for use by many threads; one may serve many calls.</remarks>
public sealed record PluginCallOptions
{
    /// <summary>Makes options for a call of the application's own.</summary>
    public PluginCallOptions()
    {
    }

    /// <summary>The tenant on whose behalf the call is made; each tenant has variables of its own.</summary>
    /// <value>Null: the tenant of the plugin or session if there is one, otherwise the application itself.</value>
    public string? Tenant { get; init; }

    /// <summary>The key that decides whether the canary of a plugin in a catalog serves the call.</summary>
    /// <value>Null: <see cref="Tenant"/>; calls without either are shared out by turns.</value>
    /// <remarks>
    /// The same key goes to the same version as long as the canary's share stays; a larger share keeps the keys of a
    /// smaller one.
    /// </remarks>
    public string? RoutingKey { get; init; }

    /// <summary>An id for logs, such as that of the request this call is part of.</summary>
    /// <value>Null: the host makes one up when it is first needed.</value>
    public string? CallId { get; init; }

    /// <summary>Items that host functions find in the call's context.</summary>
    /// <value>Empty.</value>
    public IReadOnlyDictionary<string, object?> Items { get; init; } = EmptyItems;

    /// <summary>Services for host functions, of the application's own scope; the caller disposes it.</summary>
    /// <value>Null: a scope made from the host's services when it is first needed, disposed when the call ends.</value>
    public IServiceProvider? Services { get; init; }

    /// <summary>Fuel for this call, at most the plugin's limit.</summary>
    /// <value>Null: the plugin's limit.</value>
    /// <remarks>
    /// More is refused: the call throws an <see cref="ArgumentOutOfRangeException"/> that names the limit. What a
    /// plugin has is <see cref="Plugin.Limits"/>; <see cref="PluginHostOptions"/> raises it.
    /// </remarks>
    public long? Fuel { get; init; }

    /// <summary>Time for this call, at most the plugin's limit.</summary>
    /// <value>Null: the plugin's limit.</value>
    /// <remarks>More is refused, as with <see cref="Fuel"/>.</remarks>
    public TimeSpan? WallTime { get; init; }

    /// <summary>
    /// True to have methods with Async run the guest on the calling thread, where nothing has to be waited for.
    /// </summary>
    /// <value>False: on another thread, so that the caller goes on meanwhile.</value>
    /// <remarks>
    /// For callers that do nothing but await the call, as handlers of requests do: it saves handing the call over. Only
    /// calls without streams, of plugins that import no function of the host, whose code might block, and only
    /// when the plugin has a place free.
    /// </remarks>
    public bool PrefersCallingThread { get; init; }

    /// <summary>Arguments for a guest that uses WASI, the program's name first; needs <c>wasi.arguments</c>.</summary>
    /// <value>Null: those of <see cref="Wasi.PluginWasiOptions.Arguments"/>.</value>
    /// <remarks>A session has those of the call in which its guest first used WASI.</remarks>
    public IReadOnlyList<string>? Arguments { get; init; }

    /// <summary>Records the call.</summary>
    /// <value>Null: it is not recorded.</value>
    /// <remarks>
    /// One recorder for each call, which runs on an instance made for it. The plugin was loaded with
    /// <see cref="PluginLoadOptions.CanonicalizesNaNs"/>; calls of sessions, whose state is not recorded, are refused.
    /// Either is else an <see cref="InvalidOperationException"/>.
    /// </remarks>
    public CallRecorder? Recorder { get; init; }

    /// <summary>Answers the call in place of capabilities.</summary>
    internal ReplayTape? Replay { get; init; }

    internal CallTape? Tape => (CallTape?)Replay ?? Recorder?.Tape;

    internal static IReadOnlyDictionary<string, object?> EmptyItems { get; } =
        System.Collections.ObjectModel.ReadOnlyDictionary<string, object?>.Empty;

    internal static PluginCallOptions Default { get; } = new();
}

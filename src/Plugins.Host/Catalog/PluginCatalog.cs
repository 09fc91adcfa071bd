using System.Collections.Frozen;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Primitives;
using Plugins.Host.Catalog.Circuits;
using Plugins.Host.Errors;
using Plugins.Host.Telemetry;

namespace Plugins.Host.Catalog;

/// <summary>The plugins of an application by name: loaded, watched, replaced while they serve, and stopped.</summary>
/// <remarks>
/// Safe for use by many threads. Names differ by more than case, as do those in an application's configuration.
/// Whoever makes one disposes it, before its host; with dependency injection, the
/// application's services do.
/// </remarks>
public sealed class PluginCatalog : IAsyncDisposable, IDisposable
{
    private readonly PluginHost _host;
    private readonly Lock _gate = new();
    private volatile FrozenDictionary<string, CatalogPlugin> _plugins;
    private CancellationTokenSource _changed = new();
    private volatile PluginCatalogSnapshot _current;
    private Task<bool[]>? _stop;

    /// <summary>Makes a catalog; nothing is loaded yet.</summary>
    /// <param name="host">Loads the plugins; not disposed.</param>
    /// <param name="entries">The plugins, each under a name of its own.</param>
    /// <param name="options">The defaults where null.</param>
    /// <exception cref="ArgumentException">A name comes twice, or a circuit breaker is faulty.</exception>
    public PluginCatalog(
        PluginHost host, IEnumerable<CatalogEntry> entries, PluginCatalogOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(entries);
        _host = host;
        Options = options ?? new PluginCatalogOptions();
        RequireFaultless("the catalog's options", Options.CircuitBreaker, nameof(options));
        var plugins = new Dictionary<string, CatalogPlugin>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in entries)
        {
            RequireFaultless($"the plugin '{entry.Name}'", entry.CircuitBreaker, nameof(entries));
            if (!plugins.TryAdd(entry.Name, new CatalogPlugin(this, host, entry)))
            {
                throw new ArgumentException($"There is a plugin '{entry.Name}' already.", nameof(entries));
            }
        }

        _plugins = plugins.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
        _current = Describe(revision: 1);
        host.Environment.Telemetry.Observe(
            PluginTelemetry.CatalogPlugins, "{plugin}", "Plugins of the catalog by state.", CountStates);
        host.Environment.Telemetry.Observe(
            PluginTelemetry.Circuits, "{circuit}", "Circuits of versions that serve, by state.", CountCircuits);
    }

    /// <summary>All plugins as they are now; replaced at each change.</summary>
    public PluginCatalogSnapshot Current => _current;

    /// <summary>The plugins, in no order.</summary>
    public IReadOnlyCollection<CatalogPlugin> Plugins => _plugins.Values;

    internal PluginCatalogOptions Options { get; }

    /// <summary>Finds a plugin.</summary>
    /// <param name="name">Its name in this catalog.</param>
    /// <returns>The plugin, whose calls go to the version that serves when they begin.</returns>
    /// <exception cref="KeyNotFoundException">There is no such name.</exception>
    public CatalogPlugin Get(string name) => TryGet(name, out var plugin)
        ? plugin
        : throw new KeyNotFoundException($"The catalog has no plugin '{name}'.");

    /// <summary>Finds a plugin, if there is one of that name.</summary>
    /// <param name="name">Its name in this catalog.</param>
    /// <param name="plugin">The plugin.</param>
    /// <returns>True if there is one.</returns>
    public bool TryGet(string name, [NotNullWhen(true)] out CatalogPlugin? plugin) =>
        _plugins.TryGetValue(name, out plugin);

    /// <summary>Loads the plugins that are loaded at the start, side by side, and watches their sources.</summary>
    /// <param name="cancellationToken">Stops loading.</param>
    /// <returns>A task that ends when all are ready.</returns>
    /// <exception cref="PluginUnavailableException">A required plugin could not be loaded.</exception>
    /// <exception cref="AggregateException">Several could not; it has one exception for each.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        var all = Task.WhenAll(_plugins.Values.Select(plugin => plugin.Deployment.StartAsync(cancellationToken)));
        try
        {
            await all.ConfigureAwait(false);
        }
        catch (PluginUnavailableException) when (all.Exception is { InnerExceptions.Count: > 1 } failures)
        {
            throw new AggregateException(failures.InnerExceptions);
        }
    }

    /// <summary>Refuses calls, and waits for those that have begun.</summary>
    /// <param name="cancellationToken">Ends the waiting early.</param>
    /// <returns>
    /// True if all have ended within <see cref="PluginCatalogOptions.StopPatience"/>; disposing the host interrupts
    /// those that have not.
    /// </returns>
    public async Task<bool> StopAsync(CancellationToken cancellationToken = default)
    {
        Task<bool[]> stop;
        lock (_gate)
        {
            stop = _stop ??= Task.WhenAll(
                _plugins.Values.Select(plugin => plugin.Deployment.StopAsync(Options.StopPatience)));
        }

        try
        {
            var drained = await stop.WaitAsync(cancellationToken).ConfigureAwait(false);
            Publish();
            return drained.All(isDrained => isDrained);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>Stops without patience; versions that still serve are disposed when their calls have ended.</summary>
    public void Dispose() => _ = StopAsync(new CancellationToken(canceled: true));

    /// <summary>Stops as <see cref="StopAsync"/> does.</summary>
    /// <returns>A task that ends when all versions are disposed.</returns>
    public async ValueTask DisposeAsync() => await StopAsync().ConfigureAwait(false);

    /// <summary>Adds a plugin while the catalog serves, and loads it; a failure is in its status.</summary>
    internal async Task AddAsync(CatalogEntry entry, CancellationToken cancellationToken)
    {
        var plugin = new CatalogPlugin(this, _host, entry);
        lock (_gate)
        {
            if (_stop is not null || _plugins.ContainsKey(entry.Name))
            {
                return;
            }

            _plugins = _plugins.Append(new(entry.Name, plugin)).ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
        }

        Publish();
        try
        {
            await plugin.Deployment.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (PluginUnavailableException)
        {
            // It is in the log already, and the application runs.
        }
    }

    /// <summary>Makes the next snapshot.</summary>
    internal void Publish()
    {
        CancellationTokenSource changed;
        lock (_gate)
        {
            changed = _changed;
            _changed = new CancellationTokenSource();
            _current = Describe(_current.Revision + 1);
        }

        // On other threads: what listeners do is their own, and must not end a reload.
        _ = changed.CancelAsync();
    }

    /// <summary>Counts a version that was taken, or refused.</summary>
    internal void Count(string name, Exception? failure)
    {
        var tags = new TagList { { HostTelemetry.PluginName, name } };
        if (failure is not null)
        {
            tags.Add(HostTelemetry.Error, ErrorType.Of(failure));
        }

        _host.Environment.Telemetry.Reloads.Add(1, tags);
    }

    private IEnumerable<Measurement<int>> CountStates() =>
        from plugin in _current.Plugins.Values
        select new Measurement<int>(
            1,
            new(HostTelemetry.PluginName, plugin.Name),
            new(HostTelemetry.PluginState, ErrorType.NameOf(plugin.State.ToString())));

    private IEnumerable<Measurement<int>> CountCircuits() =>
        from plugin in _current.Plugins.Values
        from version in new[] { plugin.Version, plugin.Canary }
        where version is { Circuit: not null }
        select new Measurement<int>(
            1,
            new(HostTelemetry.PluginName, plugin.Name),
            new(HostTelemetry.PluginVersion, version.Version.ToString()),
            new(HostTelemetry.CircuitState, ErrorType.NameOf(version.Circuit.Value.ToString())));

    private static void RequireFaultless(string subject, PluginCircuitBreaker? breaker, string parameter)
    {
        if (breaker?.FindFaults().ToArray() is { Length: > 0 } faults)
        {
            throw new ArgumentException(
                $"The circuit breaker of {subject} is faulty: {string.Join(' ', faults)}", parameter);
        }
    }

    private PluginCatalogSnapshot Describe(long revision) => new(
        revision,
        _plugins.Values.Select(plugin => plugin.Status),
        new CancellationChangeToken(_changed.Token));
}

using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Plugins.Host.Budgets;
using Plugins.Host.Calls;
using Plugins.Host.Calls.Admission;
using Plugins.Host.Calls.Threads;
using Plugins.Host.Engines;
using Plugins.Host.Errors;
using Plugins.Host.Loading;
using Plugins.Host.Logging;
using Plugins.Host.Telemetry;
using Plugins.Manifest;

namespace Plugins.Host;

/// <summary>Loads plugins: verifies, grants, compiles, links and initialises them.</summary>
/// <remarks>Safe for use by many threads. Whoever makes one disposes it, and with it all its plugins.</remarks>
public sealed partial class PluginHost : IDisposable
{
    private volatile PluginLoader _loader;
    private readonly Watchdog _watchdog;
    private readonly GuestThreads _threads;
    private readonly HashSet<Plugin> _plugins = [];
    private bool _isDisposed;

    /// <summary>Makes a host.</summary>
    /// <param name="options">Read once; later changes have no effect.</param>
    /// <exception cref="ArgumentException">Options are wrong; the message lists all that are.</exception>
    public PluginHost(PluginHostOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.FindFaults() is { Count: > 0 } faults)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        }

        // A private copy, as whoever holds the original may go on filling it.
        options = new PluginHostOptions(options);
        var clock = new HostClock(options.TimeProvider);
        _watchdog = new Watchdog(clock);
        Packing = new IdlePacking(_watchdog);
        _threads = new GuestThreads(options.MaximumGuestThreads, options.GuestThreadQueueLimit, options.MaximumNesting);
        Environment = new HostEnvironment
        {
            Time = options.TimeProvider,
            Engine = options.Engine,
            MetersFuel = options.MeterFuel,
            ShowsSources = options.SourcePositions,
            GuestTime = options.GuestTimeProvider ?? options.TimeProvider,
            Clock = clock,
            Random = options.RandomNumberGenerator,
            Variables = options.Variables,
            Http = options.CreateHttpSender(),
            Payloads = [.. options.Payloads],
            Loggers = options.LoggerFactory,
            Logger = GuardedLogger.Create(options.LoggerFactory, Log.HostCategory),
            Scopes = options.Services?.GetService<IServiceScopeFactory>(),
            Telemetry = new HostTelemetry(options.MeterFactory, clock),
            Watchdog = _watchdog,
            Threads = _threads,
            Memory = HostMemory.Of(
                options.MemoryBudget, options.PluginMemoryBudget, options.BudgetsOfSome),
            Quotas = CallQuotas.Of(options.CreateQuotaStages(clock)),
            MaximumAbandonedOperations = options.MaximumAbandonedOperations,
            MaximumInstances = options.MaximumInstances,
            MaximumNesting = options.MaximumNesting,
            MaximumInstanceWait = options.MaximumInstanceWait,
        };
        _loader = new PluginLoader(options, Environment);
        ObservePools();
    }

    internal HostEnvironment Environment { get; }

    /// <summary>Has idle instances take less memory.</summary>
    internal IdlePacking Packing { get; }

    /// <summary>Bytes that a module may have.</summary>
    internal long MaximumModuleBytes => _loader.MaximumModuleBytes;

    /// <summary>Loads a plugin from memory.</summary>
    /// <param name="module">The whole WebAssembly module; copied before it is verified.</param>
    /// <param name="signatureFile">The Sigstore bundle or DSSE envelope that holds its signed manifest.</param>
    /// <param name="options">Settings and grants for this plugin.</param>
    /// <param name="cancellationToken">Stops compiling the module and initialising its first instance.</param>
    /// <returns>The plugin, its first instance initialised.</returns>
    /// <exception cref="PluginException">It was refused; the type and code tell why.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Plugin Load(
        ReadOnlySpan<byte> module,
        ReadOnlySpan<byte> signatureFile,
        PluginLoadOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        PluginFiles.RequireSize(module.Length, MaximumModuleBytes);
        return Load(ImmutableArray.Create(module), signatureFile, options, cancellationToken);
    }

    /// <summary>Loads a plugin from a file, with its signed manifest beside it.</summary>
    /// <param name="path">
    /// The module; <c>name.wasm</c> is signed by <c>name.sigstore.json</c> or <c>name.dsse.json</c>.
    /// </param>
    /// <param name="options">Settings and grants for this plugin.</param>
    /// <param name="cancellationToken">Stops compiling the module and initialising its first instance.</param>
    /// <returns>The plugin, its first instance initialised.</returns>
    /// <exception cref="PluginException">It was refused; the type and code tell why.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="IOException">The module cannot be read.</exception>
    public Plugin LoadFile(
        string path, PluginLoadOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        var (module, signatureFile) = PluginFiles.Read(path, MaximumModuleBytes);
        return Load(module, signatureFile, options, cancellationToken);
    }

    /// <summary>Loads a plugin from a folder that holds <c>plugin.wasm</c> and its signed manifest.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="options">Settings and grants for this plugin.</param>
    /// <param name="cancellationToken">Stops compiling the module and initialising its first instance.</param>
    /// <returns>The plugin, its first instance initialised.</returns>
    /// <exception cref="PluginException">It was refused; the type and code tell why.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="IOException">The module cannot be read.</exception>
    public Plugin LoadFolder(
        string path, PluginLoadOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        return LoadFile(Path.Combine(path, PackageFiles.Module), options, cancellationToken);
    }

    /// <summary>
    /// Disposes all plugins; running calls are stopped and throw <see cref="ObjectDisposedException"/>.
    /// </summary>
    public void Dispose()
    {
        Plugin[] plugins;
        lock (_plugins)
        {
            _isDisposed = true;
            plugins = [.. _plugins];
        }

        foreach (var plugin in plugins)
        {
            plugin.Dispose();
        }

        Packing.Dispose();
        _watchdog.Dispose();
        _threads.Dispose();
        Environment.Quotas?.Dispose();
        Environment.Telemetry.Dispose();
    }

    /// <summary>Goes by other trust, permissions and limits when it loads from now on; all else stays.</summary>
    internal void Adopt(PluginHostOptions options) =>
        _loader = new PluginLoader(new PluginHostOptions(options), Environment);

    /// <summary>Loads a plugin from bytes that nobody can change any more.</summary>
    internal Plugin Load(
        ImmutableArray<byte> module,
        ReadOnlySpan<byte> signatureFile,
        PluginLoadOptions? options,
        CancellationToken cancellationToken)
    {
        PluginFiles.RequireSize(module.Length, MaximumModuleBytes);
        var load = LoadObservation.Begin(Environment);
        try
        {
            options ??= PluginLoadOptions.Default;
            var definition = _loader.Load(module, signatureFile, options, cancellationToken);
            var plugin = Add(definition, cancellationToken);
            load.Succeed(definition);
            return plugin;
        }
        catch (Exception exception)
        {
            load.Fail(exception);
            throw;
        }
    }

    internal void Forget(Plugin plugin)
    {
        lock (_plugins)
        {
            _plugins.Remove(plugin);
        }
    }

    private Plugin Add(PluginDefinition definition, CancellationToken cancellationToken)
    {
        var plugin = new Plugin(this, definition);
        lock (_plugins)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            _plugins.Add(plugin);
        }

        try
        {
            var clock = definition.Environment.Clock;
            var start = clock.Now;
            if (definition.InitializesAtLoad)
            {
                plugin.Prepare(cancellationToken);
            }

            Log.Loaded(definition, clock.Between(start, clock.Now));
            return plugin;
        }
        catch
        {
            plugin.Dispose();
            throw;
        }
    }
}

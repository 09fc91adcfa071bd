using Plugins.Host.Calls;
using Plugins.Host.Calls.Admission;
using Plugins.Host.Errors;
using Plugins.Host.Limits;
using Plugins.Manifest;
using Plugins.Manifest.Permissions;
using Plugins.Manifest.Trust;
using Plugins.Wasm;

namespace Plugins.Host;

/// <summary>
/// A loaded plugin; each call starts from the state after initialisation, whatever earlier calls did.
/// </summary>
/// <remarks>
/// Safe for use by many threads: calls run side by side on instances of their own, up to
/// <see cref="PluginHostOptions.MaximumInstances"/>; more wait. Dispose it, or the host that loaded it.
/// </remarks>
public sealed partial class Plugin : PluginCaller, IDisposable
{
    private readonly InstancePool _pool;
    private readonly PluginHost _host;
    private readonly HashSet<PluginSession> _sessions = [];
    private int _isDisposed;

    internal Plugin(PluginHost host, PluginDefinition definition)
        : base(definition, definition.Tenants)
    {
        _host = host;
        _pool = new InstancePool(definition);
    }

    /// <summary>Publisher and name.</summary>
    public PluginId Id => Definition.Manifest.Id;

    /// <summary>The manifest it was loaded with.</summary>
    public PluginManifest Manifest => Definition.Manifest;

    /// <summary>The functions that can be called, with their media types, in the manifest's order.</summary>
    public IReadOnlyList<ExportedFunction> Functions => Manifest.Functions;

    /// <summary>The engine, the time that compiling took at load, and how each function is run.</summary>
    public PluginDiagnostics Diagnostics => field ??= new PluginDiagnostics(Definition.Module, Definition.Abandoned)
    {
        Engine = Definition.Environment.Engine.Name,
        EngineVersion = Definition.Environment.Engine.Version,
        CompilationDuration = Definition.CompilationDuration,
    };

    /// <summary>True if it was loaded with a verified signature; otherwise its id is only a claim.</summary>
    public bool IsSigned => Definition.IsSigned;

    /// <summary>When it will not be trusted any more, by the policy that it was loaded under.</summary>
    /// <value>Null: no date ends that, or it is not signed.</value>
    /// <remarks>It goes on serving then, and is refused at its next load.</remarks>
    public TrustExpiry? TrustExpiry => Definition.TrustExpiry;

    /// <summary>The permissions granted to the plugin, and which layer denied the rest.</summary>
    public EffectiveGrant Grant => Definition.Grant;

    /// <summary>Limits for each call and each instance.</summary>
    public PluginLimits Limits => Definition.Limits;

    /// <summary>Opens a session: an instance that keeps its state from call to call.</summary>
    /// <param name="options">The tenant for whom it is opened, and the context of its initialisation.</param>
    /// <param name="cancellationToken">Stops the initialisation.</param>
    /// <remarks>
    /// The caller disposes it. Sessions do not count against <see cref="PluginHostOptions.MaximumInstances"/>.
    /// </remarks>
    public PluginSession OpenSession(PluginCallOptions? options = null, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_isDisposed != 0, this);
        if (options?.Tape is not null)
        {
            Definition.RequireRecordable(beginsAnew: false);
        }

        if (!Tenants.Serves(options))
        {
            throw Tenants.Refuse(options, new FailureSite(PluginPhase.Initialization, Id, null, null));
        }

        var session = new PluginSession(this, Definition, options, cancellationToken);
        lock (_sessions)
        {
            if (_isDisposed == 0)
            {
                _sessions.Add(session);
                return session;
            }
        }

        session.Dispose();
        throw new ObjectDisposedException(nameof(Plugin));
    }

    /// <summary>Compiles, ahead of need, every function that can be compiled.</summary>
    /// <param name="progress">Told how many functions are done, on a thread of the engine's.</param>
    /// <param name="cancellationToken">
    /// Stops it between two functions. What is compiled by then is used, and the rest is compiled when it is hot.
    /// </param>
    /// <returns>
    /// A task that ends when they are. It is complete at once where nothing is left to compile: on Wasmtime, with
    /// <see cref="ExecutionMode.Interpreted"/> and <see cref="ExecutionMode.Compiled"/>, and where code cannot be
    /// generated.
    /// </returns>
    /// <remarks>
    /// Calls go on meanwhile, and none waits for it. It ends early, without a failure, when
    /// <see cref="Engines.EmbeddedEngineOptions.CompilationTime"/> is used up.
    /// </remarks>
    public Task WarmUpAsync(
        IProgress<CompilationProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_isDisposed != 0, this);
        return Definition.Module.WarmUpAsync(progress, cancellationToken);
    }

    /// <summary>Refuses new calls, of sessions too; running calls continue until they end or reach a limit.</summary>
    /// <remarks>Memory is released at once, or when the running calls have ended.</remarks>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            _host.Forget(this);
            _pool.Dispose();
            Definition.HttpTransports.Dispose();
            foreach (var session in TakeSessions())
            {
                session.Retire();
            }
        }
    }

    /// <summary>Calls that wait for an instance, or for a place in a quota.</summary>
    internal int WaitingCalls => _pool.Waiting + Definition.WaitingForQuotas;

    /// <summary>Has a guard let its calls begin from now on, those of its sessions too.</summary>
    internal void GuardBy(ICallGuard guard) => Definition.Guard = guard;

    internal string IdText => Definition.IdText;

    /// <summary>Pooled instances.</summary>
    internal (int Idle, int Used) CountInstances() => _pool.Count();

    internal void Forget(PluginSession session)
    {
        lock (_sessions)
        {
            _sessions.Remove(session);
        }
    }

    /// <summary>
    /// Makes the first instance, so that a plugin that cannot be linked or initialised is refused at load.
    /// </summary>
    internal void Prepare(CancellationToken cancellationToken)
    {
        _pool.Return(_pool.Rent(new CallRequest { Function = string.Empty, Cancellation = cancellationToken }));
    }

    internal override CancellationToken Ending => _pool.Ending;

    internal override void Invoke(in CallRequest request, out PluginResult result)
    {
        var function = Check(request);
        ObjectDisposedException.ThrowIf(_isDisposed != 0, this);
        var place = _pool.Enter(request);
        InvokeInPlace(function, request, place, out result);
        if (place.Waited > TimeSpan.Zero)
        {
            result = result.After(place.Waited);
        }
    }

    internal override async Task<PluginResult> InvokeAsync(DeferredCall call, CancellationToken cancellation)
    {
        var function = Check(call.ToRequest(cancellation));
        ObjectDisposedException.ThrowIf(_isDisposed != 0, this);
        var place = await _pool.EnterAsync(call, cancellation).ConfigureAwait(false);
        var ended = await RunAsync(
            call,
            caller =>
            {
                InvokeInPlace(function, call.ToRequest(cancellation, caller), place, out var result);
                return result;
            },
            () => _pool.Leave(place),
            cancellation).ConfigureAwait(false);
        return ended.After(place.Waited);
    }

    private PluginSession[] TakeSessions()
    {
        lock (_sessions)
        {
            PluginSession[] sessions = [.. _sessions];
            _sessions.Clear();
            return sessions;
        }
    }

    private void InvokeInPlace(
        int function, in CallRequest request, in InstancePlace place, out PluginResult result)
    {
        try
        {
            if (request.Options?.Tape is not null)
            {
                InvokeOnTape(function, request, place.Memory, out result);
                return;
            }

            var instance = _pool.Rent(request, place.Memory);
            try
            {
                instance.Call(function, request, request.Options, out result);
            }
            catch
            {
                _pool.Return(instance);
                throw;
            }

            result = result with { ResetTime = _pool.Return(instance) };
        }
        finally
        {
            _pool.Leave(place);
        }
    }
}

using System.Buffers;
using System.Runtime.CompilerServices;
using Plugins.Host.Calls;
using Plugins.Host.Calls.Threads;
using Plugins.Host.Errors;
using Plugins.Manifest.Text;

namespace Plugins.Host;

/// <summary>The calls that plugins and sessions have in common.</summary>
/// <remarks>
/// <para>The methods without Async run the guest on the calling thread, those with Async on a thread of the pool, or on
/// a guest thread (<see cref="PluginHostOptions.MaximumGuestThreads"/>) where it may wait: for a stream, or because the
/// plugin was granted an asynchronous function. Cancellation and the time limit stop it on any.</para>
/// <para>All throw <see cref="PluginException"/> when the plugin fails, <see cref="ArgumentException"/> for a function
/// the manifest does not list, <see cref="OperationCanceledException"/> when the caller cancels, and
/// <see cref="ObjectDisposedException"/> after or upon disposal.</para>
/// </remarks>
public abstract partial class PluginCaller
{
    private FunctionEntry? _lastFunction;

    private protected PluginCaller(PluginDefinition definition, TenantBinding tenants)
    {
        Definition = definition;
        Tenants = tenants;
    }

    internal PluginDefinition Definition { get; }

    internal TenantBinding Tenants { get; }

    /// <summary>Calls a function with bytes, and returns what it wrote.</summary>
    /// <param name="function">The function's name; the manifest lists it.</param>
    /// <param name="input">The input, within <see cref="Limits.PluginLimits.InputBytes"/>.</param>
    /// <param name="options">Tenant, context and lower limits for this call; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the call, wherever the guest is.</param>
    /// <returns>The output, and the cost of the call.</returns>
    /// <exception cref="PluginException">The plugin failed or reached a limit; the type and code say how.</exception>
    /// <exception cref="ArgumentException">
    /// The manifest lists no such function, or an option is above its limit.
    /// </exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The plugin, its host or this session was disposed.</exception>
    [OverloadResolutionPriority(2)]
    public PluginResult Call(
        string function,
        ReadOnlySpan<byte> input,
        PluginCallOptions? options = null,
        CancellationToken cancellationToken = default) =>
        Observe(new CallRequest
        {
            Function = function, Input = input, Options = options, Cancellation = cancellationToken,
        });

    /// <summary>Calls a function with bytes; once it has succeeded, what it wrote goes to a writer.</summary>
    /// <param name="function">The function's name; the manifest lists it.</param>
    /// <param name="input">The input, within <see cref="Limits.PluginLimits.InputBytes"/>.</param>
    /// <param name="output">Gets the whole output once the call has succeeded.</param>
    /// <param name="options">Tenant, context and lower limits for this call; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the call, wherever the guest is.</param>
    /// <returns>The cost of the call; its output is empty.</returns>
    /// <inheritdoc cref="Call(string, ReadOnlySpan{byte}, PluginCallOptions?, CancellationToken)" path="/exception"/>
    /// <remarks>A call of a session that succeeds this way allocates nothing in the host.</remarks>
    public PluginResult Call(
        string function,
        ReadOnlySpan<byte> input,
        IBufferWriter<byte> output,
        PluginCallOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(output);
        return Observe(new CallRequest
        {
            Function = function, Input = input, Writer = output, Options = options, Cancellation = cancellationToken,
        });
    }

    /// <summary>Calls a function with bytes on another thread, and returns what it wrote.</summary>
    /// <param name="function">The function's name; the manifest lists it.</param>
    /// <param name="input">The input, within <see cref="Limits.PluginLimits.InputBytes"/>.</param>
    /// <param name="options">Tenant, context and lower limits for this call; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the call, wherever the guest is.</param>
    /// <returns>The output, and the cost of the call.</returns>
    /// <inheritdoc cref="Call(string, ReadOnlySpan{byte}, PluginCallOptions?, CancellationToken)" path="/exception"/>
    /// <remarks>The memory must not change until the call has ended.</remarks>
    [OverloadResolutionPriority(2)]
    public Task<PluginResult> CallAsync(
        string function,
        ReadOnlyMemory<byte> input,
        PluginCallOptions? options = null,
        CancellationToken cancellationToken = default) =>
        ObserveAsync(new DeferredCall(function, input, options), cancellationToken);

    /// <summary>
    /// Calls a function on another thread; once it has succeeded, what it wrote goes to a writer.
    /// </summary>
    /// <param name="function">The function's name; the manifest lists it.</param>
    /// <param name="input">The input, within <see cref="Limits.PluginLimits.InputBytes"/>.</param>
    /// <param name="output">Gets the whole output once the call has succeeded.</param>
    /// <param name="options">Tenant, context and lower limits for this call; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the call, wherever the guest is.</param>
    /// <returns>The cost of the call; its output is empty.</returns>
    /// <inheritdoc cref="Call(string, ReadOnlySpan{byte}, PluginCallOptions?, CancellationToken)" path="/exception"/>
    /// <remarks>The memory must not change, nor the writer be used, until the call has ended.</remarks>
    public Task<PluginResult> CallAsync(
        string function,
        ReadOnlyMemory<byte> input,
        IBufferWriter<byte> output,
        PluginCallOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(output);
        return ObserveAsync(new DeferredCall(function, input, options) { Writer = output }, cancellationToken);
    }

    /// <summary>Those of calls that bring none.</summary>
    internal virtual PluginCallOptions? DefaultOptions => null;

    /// <summary>Ends what waits when the plugin is disposed.</summary>
    internal abstract CancellationToken Ending { get; }

    // The result is written once, where the caller wants it: copies of it would be a tenth of a call.
    internal abstract void Invoke(in CallRequest request, out PluginResult result);

    internal abstract Task<PluginResult> InvokeAsync(DeferredCall call, CancellationToken cancellation);

    /// <summary>Runs a call on a thread of the pool, or on a guest thread where it may wait.</summary>
    /// <param name="call">The call.</param>
    /// <param name="run">Runs it; without a waiter on the calling thread, where the call prefers that.</param>
    /// <param name="giveUp">Runs in its place where there is no thread for it.</param>
    /// <param name="cancellation">The caller's.</param>
    private protected async Task<PluginResult> RunAsync(
        DeferredCall call, Func<PendingCall?, PluginResult> run, Action giveUp, CancellationToken cancellation)
    {
        if (!Definition.MayWait && call is { Source: null, Sink: null })
        {
            return call.Stays(Definition, DefaultOptions)
                ? run(null)
                : await Begin(run, threads: null, depth: 0, giveUp).ConfigureAwait(false);
        }

        var threads = Definition.Environment.Threads;
        var depth = CallNesting.Current;
        var patience = Definition.PatienceOf(call.Options);
        var waited = TimeSpan.Zero;
        try
        {
            var entry = threads.EnterAsync(depth, patience, cancellation);
            var began = entry.IsCompleted ? 0 : Definition.Environment.Clock.Now;
            var isIn = await entry.ConfigureAwait(false);
            waited = began == 0 ? waited : Definition.Environment.Clock.Since(began);
            if (!isIn)
            {
                throw new PluginLimitException(
                    PluginErrorCode.GuestThreadLimit,
                    Site(call.Function, call.Options),
                    threads.Maximum,
                    threads.Maximum + 1L);
            }
        }
        catch
        {
            giveUp();
            throw;
        }

        var result = await Begin(run, threads, depth, giveUp).ConfigureAwait(false);
        return result.After(waited);
    }

    /// <summary>Has a call run on another thread; where there is none for it, it has not run at all.</summary>
    private static Task<PluginResult> Begin(
        Func<PendingCall?, PluginResult> run, GuestThreads? threads, int depth, Action giveUp)
    {
        try
        {
            return threads is null ? PendingCall.Run(run) : PendingCall.Run(threads, depth, run);
        }
        catch
        {
            giveUp();
            throw;
        }
    }

    /// <summary>The function's number, after the checks that come before any guest code.</summary>
    internal int Check(in CallRequest request)
    {
        var function = Find(request.Function).Index;
        if (!Tenants.Serves(request.Options))
        {
            throw Tenants.Refuse(request.Options, Site(request.Function, request.Options));
        }

        Definition.Admit(PluginPhase.Call, request.Function);
        if (request.Options?.Tape is not null)
        {
            Definition.RequireRecordable(BeginsAnew);
        }

        request.Cancellation.ThrowIfCancellationRequested();
        return request.Input.Length <= Definition.Limits.InputBytes ? function : throw new PluginLimitException(
            PluginErrorCode.InputLimit,
            Site(request.Function, request.Options),
            Definition.Limits.InputBytes,
            request.Input.Length);
    }

    /// <summary>Whether calls begin in a state that a replay can have, too.</summary>
    private protected virtual bool BeginsAnew => false;

    // Most callers call the same function again and again, and comparing its name is cheaper than finding it.
    private FunctionEntry Find(string function)
    {
        ArgumentNullException.ThrowIfNull(function);
        var entry = _lastFunction;
        if (entry is null || entry.Name != function)
        {
            entry = Definition.Functions.TryGetValue(function, out var known) ? known : throw new ArgumentException(
                $"The manifest of {Definition.Manifest.Id} lists no function '{VisibleText.Name(function)}'.",
                nameof(function));
            _lastFunction = entry;
        }

        return entry;
    }

    private protected FailureSite Site(string function, in PluginResult result) =>
        new(PluginPhase.Call, Definition.Manifest.Id, function, null) { CallId = result.CallId };

    internal FailureSite Site(string function, PluginCallOptions? options) =>
        new(PluginPhase.Call, Definition.Manifest.Id, function, null)
        {
            CallId = (options ?? DefaultOptions)?.CallId,
        };
}

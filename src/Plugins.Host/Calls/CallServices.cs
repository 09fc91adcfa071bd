using Microsoft.Extensions.DependencyInjection;
using Plugins.Host.Logging;

namespace Plugins.Host.Calls;

/// <summary>The scope of services of one call: made when first asked for, disposed when the call has ended.</summary>
/// <remarks>Making and disposing services runs the application's code; neither can keep the call from ending.</remarks>
internal sealed class CallServices
{
    private readonly Lock _gate = new();
    private readonly HostEnvironment _environment;
    private readonly AbandonedOperations _abandoned;
    private readonly string _plugin;
    private readonly string? _function;
    private readonly string _callId;
    private AsyncServiceScope? _scope;
    private bool _isOver;

    internal CallServices(CallState call, string callId)
    {
        _environment = call.Definition.Environment;
        _abandoned = call.Definition.Abandoned;
        _plugin = call.Definition.Manifest.Id.ToString();
        _function = call.Function;
        _callId = callId;
    }

    internal IServiceProvider Provider
    {
        get
        {
            if (Present() is { } present)
            {
                return present.ServiceProvider;
            }

            var scopes = _environment.Scopes ?? throw new InvalidOperationException(
                "The host was given no services; see PluginHostOptions.Services.");
            return Keep(scopes.CreateAsyncScope()).ServiceProvider;
        }
    }

    /// <summary>Disposes the scope, and waits for that no longer than <paramref name="patience"/>.</summary>
    internal void Dispose(TimeSpan patience)
    {
        try
        {
            var disposal = Begin();
            if (disposal.IsCompleted)
            {
                disposal.GetAwaiter().GetResult();
                return;
            }

            var task = disposal.AsTask();
            if (Task.WaitAny([task], patience) == 0)
            {
                task.GetAwaiter().GetResult();
                return;
            }

            Log.ServicesInDisposal(_environment.Logger, _plugin, _function, _callId);
            _abandoned.Add(ReportLater(task));
        }
        catch (Exception exception)
        {
            Report(exception);
        }
    }

    private AsyncServiceScope? Present()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isOver, typeof(IServiceProvider));
            return _scope;
        }
    }

    // A scope is made outside the lock, as anything may happen there: another thread's, or the end of the call.
    private AsyncServiceScope Keep(AsyncServiceScope made)
    {
        lock (_gate)
        {
            if (_scope is null && !_isOver)
            {
                _scope = made;
                return made;
            }
        }

        made.DisposeAsync().AsTask().Forget();
        return Present() ?? throw new ObjectDisposedException(nameof(IServiceProvider));
    }

    private ValueTask Begin()
    {
        AsyncServiceScope? scope;
        lock (_gate)
        {
            _isOver = true;
            scope = _scope;
        }

        return scope is not { } made ? default
            : TaskScheduler.Current == TaskScheduler.Default ? made.DisposeAsync()
            : new ValueTask(Task.Run(() => made.DisposeAsync().AsTask(), CancellationToken.None));
    }

    private async Task ReportLater(Task disposal)
    {
        try
        {
            await disposal.ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Report(exception);
        }
    }

    private void Report(Exception exception) =>
        Log.ServicesNotDisposed(_environment.Logger, _plugin, _function, _callId, exception);
}

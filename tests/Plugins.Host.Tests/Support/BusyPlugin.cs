namespace Plugins.Host.Tests.Support;

/// <summary>A plugin whose only instance is in use until a test lets it go on.</summary>
internal sealed class BusyPlugin : IDisposable
{
    private readonly TaskCompletionSource _goOn = new();
    private readonly Task _first;

    internal BusyPlugin(Rig rig)
    {
        var started = new TaskCompletionSource();
        rig.Options.MaximumInstances = 1;
        rig.Guest("idle", _ => 0).Guest("first", _ =>
        {
            started.SetResult();
            _goOn.Task.Wait();
            return 0;
        });
        Plugin = rig.Load();
        _first = Task.Run(() => Plugin.Call("first", []));
        started.Task.Wait();
    }

    internal Plugin Plugin { get; }

    internal void GoOn() => _goOn.TrySetResult();

    internal void Call(bool isAsync, PluginCallOptions? options = null, CancellationToken cancellation = default)
    {
        if (isAsync)
        {
            Plugin.CallAsync("idle", default, options, cancellation).GetAwaiter().GetResult();
        }
        else
        {
            Plugin.Call("idle", [], options, cancellation);
        }
    }

    public void Dispose()
    {
        GoOn();
        _ = Task.WhenAny(_first).GetAwaiter().GetResult();
    }
}

using Plugins.Host.Tests.Support;

namespace Plugins.Host.Tests.Quotas.Support;

/// <summary>A plugin with a function that runs until the test lets it go, and one that ends at once.</summary>
internal sealed class HeldCalls : IDisposable
{
    private readonly TaskCompletionSource _goOn = new();
    private readonly List<Task> _calls = [];
    private readonly Lazy<Plugin> _plugin;
    private int _running;

    internal HeldCalls(Rig rig)
    {
        // Whoever waits does so until the test lets go.
        rig.Options.MaximumLimits = rig.Options.MaximumLimits with { WallTime = TimeSpan.FromMinutes(20) };
        rig.Limits(limits => limits with { WallTime = TimeSpan.FromMinutes(20) });
        rig.Guest("idle", _ => 0).Guest("hold", _ =>
        {
            Interlocked.Increment(ref _running);
            _goOn.Task.Wait();
            return 0;
        });
        _plugin = new Lazy<Plugin>(() => rig.Load());
    }

    internal Plugin Plugin => _plugin.Value;

    /// <summary>Begins a call that stays, and waits until its guest runs.</summary>
    internal void Hold(string? tenant = null)
    {
        var before = Volatile.Read(ref _running);
        _calls.Add(Task.Run(() => Plugin.Call("hold", [], Of(tenant))));
        Assert.That(() => Volatile.Read(ref _running), Is.EqualTo(before + 1).After(600_000, 1));
    }

    internal PluginResult Call(bool isAsync, string? tenant = null, CancellationToken cancellation = default) => isAsync
        ? Plugin.CallAsync("idle", default, Of(tenant), cancellation).GetAwaiter().GetResult()
        : Plugin.Call("idle", [], Of(tenant), cancellation);

    /// <summary>Begins a call that has to wait, and returns once it does.</summary>
    internal Task<PluginResult> Queue(bool isAsync, string? tenant = null, CancellationToken cancellation = default)
    {
        var before = Plugin.WaitingCalls;
        var call = Task.Run(() => Call(isAsync, tenant, cancellation), CancellationToken.None);
        Assert.That(() => Plugin.WaitingCalls, Is.EqualTo(before + 1).After(600_000, 1));
        return call;
    }

    internal void GoOn() => _goOn.TrySetResult();

    public void Dispose()
    {
        GoOn();
        _ = Task.WhenAny(Task.WhenAll(_calls)).GetAwaiter().GetResult();
    }

    private static PluginCallOptions? Of(string? tenant) => tenant is null ? null : new() { Tenant = tenant };
}

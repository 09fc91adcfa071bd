using System.Globalization;
using Plugins.Host.Catalog;
using Plugins.Host.Catalog.Sources;
using Plugins.Host.Tests.Support;
using Plugins.Manifest;

namespace Plugins.Host.Tests.Catalog;

/// <summary>Callers that never rest, while the plugin that they call is replaced again and again.</summary>
internal sealed class ReloadLoad : IDisposable
{
    private const int Callers = 4;

    private readonly byte[] _module = GuestFiles.Read("examples/Pdk-Rust/word_count/plugin.wasm");
    private readonly PluginHost _host = new(new PluginHostOptions { AllowUnsigned = true, MaximumInstances = 2 });
    private readonly List<WeakReference> _loaded = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly PluginCatalog _catalog;
    private Task _callers = Task.CompletedTask;
    private long _calls;

    internal ReloadLoad()
    {
        var source = new DelegatePluginSource("test", (_, _) => Load());
        _catalog = new PluginCatalog(_host, [new CatalogEntry("words", source)]);
    }

    /// <summary>Calls that have succeeded.</summary>
    internal long Calls => Interlocked.Read(ref _calls);

    /// <summary>Replaced plugins that something still refers to, and those that serve.</summary>
    internal int Alive
    {
        get
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            GC.Collect();
            return _loaded.Count(plugin => plugin.IsAlive);
        }
    }

    private static int EmittedAssemblies => AppDomain.CurrentDomain.GetAssemblies().Count(code => code.IsDynamic);

    /// <summary>What <c>eng/soak.sh</c> starts: prints after each hundred reloads what is left.</summary>
    internal static async Task<int> RunAsync(int reloads)
    {
        using var load = new ReloadLoad();
        await load.StartAsync();
        for (var done = 0; done < reloads;)
        {
            var count = Math.Min(100, reloads - done);
            await load.ReloadAsync(count);
            done += count;
            var alive = load.Alive;
            await Console.Out.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{done,6} reloads {load.Calls,10} calls {alive,3} plugins alive {EmittedAssemblies,3} assemblies "
                + $"{GC.GetTotalMemory(false) >> 10,7} KiB heap {Environment.WorkingSet >> 20,5} MiB resident"));
        }

        await load.StopAsync();
        return 0;
    }

    internal async Task StartAsync()
    {
        await _catalog.StartAsync();
        var plugin = _catalog.Get("words");
        _callers = Task.WhenAll(Enumerable.Range(0, Callers)
            .Select(caller => Task.Run(() => CallAsync(plugin, isAsync: caller % 2 == 0))));
    }

    internal async Task ReloadAsync(int count)
    {
        for (var reload = 0; reload < count; reload++)
        {
            var result = await _catalog.Get("words").ReloadAsync();
            Assert.That(result.Failure, Is.Null);
            await result.Drained;
        }
    }

    /// <summary>Ends the callers; an exception if a call has failed.</summary>
    internal async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _callers;
    }

    public void Dispose()
    {
        _stop.Cancel();
        _catalog.Dispose();
        _host.Dispose();
        _stop.Dispose();
    }

    private Plugin Load()
    {
        // A custom section with a number, so that no version has the code of another.
        byte[] module = [.. _module, 0, 6, 1, (byte)'v', .. BitConverter.GetBytes(_loaded.Count)];
        var plugin = _host.LoadUnsigned(module, new PluginLoadOptions { ExpectedId = PluginId.Parse("acme/words") });
        _loaded.Add(new WeakReference(plugin));
        return plugin;
    }

    private async Task CallAsync(CatalogPlugin plugin, bool isAsync)
    {
        for (; !_stop.IsCancellationRequested; Interlocked.Increment(ref _calls))
        {
            var result = isAsync
                ? await plugin.CallTextAsync("word_count", "to be or not")
                : plugin.CallText("word_count", "to be or not");
            Assert.That(result.Value, Does.Contain("\"words\":4"));
        }
    }
}

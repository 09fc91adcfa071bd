using System.Buffers;
using Plugins.Host.Capabilities;
using Plugins.Host.EngineTests.Support;
using Plugins.Host.Errors;
using Plugins.Host.Tests.Support;

namespace Plugins.Host.Tests.Guests;

/// <summary>Host functions that call the guest that called them, without end.</summary>
[TestFixtureSource(typeof(TestedEngines), nameof(TestedEngines.Available))]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[CancelAfter(600_000)]
internal sealed class RecursionTests(TestedEngine tested)
{
    private const string Function = "test_call";
    private const int Allowed = 5;

    private readonly List<PluginErrorCode> _codes = [];
    private int _calls;

    [Test]
    public async Task Recursion_WithoutEnd_EndsWithATypedError([Values] bool functionIsAsync, [Values] Way way)
    {
        Plugin? plugin = null;
        using var rig = Prepare(functionIsAsync, () => Call(plugin!, way));
        plugin = rig.Load();
        await Call(plugin, way);
        Assert.That(_codes, Is.EqualTo((PluginErrorCode[])[PluginErrorCode.NestingLimit]));
        Assert.That(_calls, Is.EqualTo(Allowed), "each call ran the function once");
        Assert.That(() => plugin.Call(Function, "x"u8), Throws.Nothing, "what is over does not count");
    }

    [Test]
    public async Task Recursion_InTurns_EndsWithATypedError([Values] bool functionIsAsync)
    {
        Plugin? plugin = null;
        using var rig = Prepare(functionIsAsync, () => Call(plugin!, (Way)(_calls % 5)));
        plugin = rig.Load();
        await Call(plugin, Way.Async);
        Assert.That(_codes, Is.EqualTo((PluginErrorCode[])[PluginErrorCode.NestingLimit]));
        Assert.That(_calls, Is.EqualTo(Allowed));
    }

    [Test]
    public async Task Recursion_OfManyCallsAtOnce_WaitsForNoThreadThatWaitsForIt()
    {
        Plugin? plugin = null;
        using var rig = Prepare(functionIsAsync: true, () => Call(plugin!, Way.Async));
        rig.Options.MaximumGuestThreads = 2;
        rig.Options.MaximumInstances = 100;
        plugin = rig.Load();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Call(plugin, Way.Async)));
        Assert.That(_codes, Has.Count.EqualTo(20).And.All.EqualTo(PluginErrorCode.NestingLimit));
        Assert.That(_calls, Is.EqualTo(20 * Allowed));
    }

    [Test]
    public void Recursion_ThatUsesUpTheStack_EndsWithATypedError()
    {
        Plugin? plugin = null;
        using var rig = Prepare(functionIsAsync: false, () => Call(plugin!, Way.Sync));
        rig.Options.MaximumNesting = PluginHostOptions.MostNesting;
        rig.Options.MaximumInstances = PluginHostOptions.MostNesting;
        plugin = rig.Load();
        var thread = new Thread(() => plugin.Call(Function, []), maxStackSize: 512 * 1024);
        thread.Start();
        thread.Join();
        Assert.That(_codes, Is.EqualTo((PluginErrorCode[])[PluginErrorCode.NestingLimit]));
    }

    public enum Way
    {
        Sync,
        Async,
        AsyncBlocked,
        Stream,
        Session,
    }

    private Rig Prepare(bool functionIsAsync, Func<Task> again)
    {
        var rig = new Rig(GuestFiles.Read("tests/guests/capabilities.wasm"), tested).WithSystemTime()
            .Lists(Function, "config_read", "variables_read", "variables_write", "variables_compare_exchange")
            .Lists("variables_delete", "random_bytes")
            .Asks("test.echo").Grants("test.echo")
            .Limits(limits => limits with { WallTime = TimeSpan.FromMinutes(5) });
        foreach (var permission in (string[])["variables.read", "variables.write", "clock.now", "random.bytes"])
        {
            rig.Asks(permission).Grants(permission);
        }

        rig.Options.MaximumNesting = Allowed;
        rig.Options.MaximumInstances = 2 * Allowed;
        if (functionIsAsync)
        {
            rig.Options.AddFunction("test.echo", async (_, request, result, _) =>
            {
                if (request.Length == 0)
                {
                    await Task.Yield();
                    await Recurse(again);
                }

                result.Write(request.Span);
                return CapabilityStatus.Success;
            });
        }
        else
        {
            rig.Options.AddFunction("test.echo", (_, request, result) =>
            {
                if (request.Length == 0)
                {
                    Recurse(again).GetAwaiter().GetResult();
                }

                result.Write(request);
                return CapabilityStatus.Success;
            });
        }

        return rig;
    }

    private async Task Recurse(Func<Task> again)
    {
        try
        {
            Interlocked.Increment(ref _calls);
            await again();
        }
        catch (PluginException exception)
        {
            lock (_codes)
            {
                _codes.Add(exception.Code);
            }
        }
    }

    private static async Task Call(Plugin plugin, Way way)
    {
        switch (way)
        {
            case Way.Sync:
                plugin.Call(Function, []);
                break;
            case Way.Async:
                await plugin.CallAsync(Function, default);
                break;
            case Way.AsyncBlocked:
                plugin.CallAsync(Function, default).GetAwaiter().GetResult();
                break;
            case Way.Stream:
                await plugin.CallAsync(Function, new MemoryStream(), new MemoryStream());
                break;
            default:
                using (var session = plugin.OpenSession())
                {
                    await session.CallAsync(Function, default);
                }

                break;
        }
    }
}

using Plugins.Host.Catalog;
using Plugins.Host.Catalog.Circuits;
using Plugins.Host.Errors;
using Plugins.Host.Tests.Support;

namespace Plugins.Host.Tests.Catalog.Circuits;

/// <summary>Versions that keep failing are stopped, and tried again after a while.</summary>
[CancelAfter(600_000)]
internal sealed class CircuitTests
{
    [Test]
    public async Task Calls_OfAVersionThatKeepsFailing_AreRefusedUntilItSucceeds([Values] bool isAsync)
    {
        using var scene = await new CircuitScene().StartAsync();
        Assert.That(scene.Status.Circuit, Is.EqualTo(PluginCircuitState.Closed));
        await scene.OpenAsync();
        var ran = 0;
        scene.Running = _ => Interlocked.Increment(ref ran) * 0;
        var failure = Assert.Throws<PluginCircuitException>(() => scene.Call(isAsync))!;
        Assert.That(failure.Code, Is.EqualTo(PluginErrorCode.CircuitOpen));
        Assert.That(failure.Version.ToString(), Is.EqualTo("1.0.0"));
        Assert.That(failure.RetryAfter, Is.EqualTo(TimeSpan.FromSeconds(5)).Within(TimeSpan.FromSeconds(0.2)));
        Assert.That(ran, Is.Zero);
        scene.AfterTheBreak();
        Assert.That(() => scene.Call(isAsync), Throws.Nothing);
        await scene.UntilAsync(PluginCircuitState.Closed);
        Assert.That(() => scene.Call(isAsync), Throws.Nothing);
        Assert.That(
            scene.Catalog.Rig.Loggers.Entries.Select(entry => entry.Id).Where(id => id is 1006 or 1007).Distinct(),
            Is.EquivalentTo([1006, 1007]));
    }

    [Test]
    public async Task Calls_ThatMostlySucceed_AreNotStopped([Values] bool isAsync)
    {
        using var scene = await new CircuitScene().StartAsync();
        for (var call = 0; call < 6; call++)
        {
            scene.Call(isAsync);
        }

        scene.Running = CircuitScene.Trap;
        for (var call = 0; call < 6; call++)
        {
            Assert.That(scene.Status.Circuit, Is.EqualTo(PluginCircuitState.Closed));
            Assert.That(() => scene.Call(isAsync), Throws.TypeOf<PluginTrapException>());
        }

        Assert.That(() => scene.Call(isAsync), Throws.TypeOf<PluginCircuitException>(), "six of twelve");
    }

    [Test]
    public async Task Attempt_ThatFails_OpensTheCircuitAgain([Values] bool isAsync)
    {
        using var scene = await new CircuitScene().StartAsync();
        await scene.OpenAsync();
        scene.AfterTheBreak();
        scene.Running = CircuitScene.Trap;
        Assert.That(() => scene.Call(isAsync), Throws.TypeOf<PluginTrapException>());
        Assert.That(() => scene.Call(isAsync), Throws.TypeOf<PluginCircuitException>());
    }

    [Test]
    public async Task Attempt_IsOneAtATime()
    {
        using var scene = await new CircuitScene().StartAsync();
        await scene.OpenAsync();
        scene.AfterTheBreak();
        var (started, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        scene.Running = _ =>
        {
            started.TrySetResult();
            goOn.Task.Wait();
            return 0;
        };
        var attempt = Task.Run(() => scene.Call(isAsync: false));
        await started.Task;
        Assert.That(() => scene.Call(isAsync: false), Throws.TypeOf<PluginCircuitException>());
        goOn.SetResult();
        await attempt;
        Assert.That(() => scene.Call(isAsync: false), Throws.Nothing);
    }

    [Test]
    public async Task Attempt_ThatIsCancelled_LeavesTheCircuitOpen()
    {
        using var scene = await new CircuitScene().StartAsync();
        await scene.OpenAsync();
        scene.AfterTheBreak();
        using var source = new CancellationTokenSource();
        scene.Running = guest =>
        {
            source.Cancel();
            return guest.SpinForever();
        };
        Assert.That(() => scene.Call(false, source.Token), Throws.InstanceOf<OperationCanceledException>());
        await scene.UntilAsync(PluginCircuitState.Open);
        Assert.That(() => scene.Call(false), Throws.TypeOf<PluginCircuitException>());
        scene.Running = _ => 0;
        scene.AfterTheBreak();
        Assert.That(() => scene.Call(false), Throws.Nothing);
    }

    [Test]
    public async Task Failures_ThatAreNotThePlugins_DoNotCount([Values] bool isAsync)
    {
        using var scene = new CircuitScene();
        scene.Catalog.Rig.Limits(limits => limits with { InputBytes = 2 });
        await scene.StartAsync();
        using var source = new CancellationTokenSource();
        source.Cancel();
        for (var call = 0; call < 20; call++)
        {
            Assert.That(() => scene.Call(isAsync, source.Token), Throws.InstanceOf<OperationCanceledException>());
            Assert.That(() => scene.Plugin.Call("none", []), Throws.ArgumentException);
            Assert.That(() => scene.Plugin.Call("run", new byte[3]), Throws.TypeOf<PluginLimitException>());
        }

        scene.Running = _ => 1;
        for (var call = 0; call < 20; call++)
        {
            Assert.That(() => scene.Call(isAsync), Throws.TypeOf<PluginGuestException>());
        }

        Assert.That(scene.Status.Circuit, Is.EqualTo(PluginCircuitState.Closed));
    }

    [Test]
    public async Task Refusals_DoNotHideFailures()
    {
        using var scene = await new CircuitScene().StartAsync(
            CircuitScene.Quick with { FailureRatio = 0.9 });
        using var source = new CancellationTokenSource();
        source.Cancel();
        for (var call = 0; call < 50; call++)
        {
            Assert.That(() => scene.Call(false, source.Token), Throws.InstanceOf<OperationCanceledException>());
        }

        await scene.OpenAsync();
    }

    [Test]
    public async Task Predicate_OfTheApplication_DecidesWhatCounts()
    {
        using var scene = await new CircuitScene().StartAsync(
            CircuitScene.Quick with { IsFailure = failure => failure is PluginGuestException });
        scene.Running = CircuitScene.Trap;
        for (var call = 0; call < 10; call++)
        {
            Assert.That(() => scene.Call(false), Throws.TypeOf<PluginTrapException>());
        }

        scene.Running = _ => 1;
        await CatalogScene.UntilAsync(() =>
            Assert.Catch<PluginException>(() => scene.Call(false)) is PluginCircuitException);
    }

    [Test]
    public async Task Predicate_ThatThrows_ChangesNothing()
    {
        using var scene = await new CircuitScene().StartAsync(
            CircuitScene.Quick with { IsFailure = _ => throw new TimeoutException() });
        scene.Running = CircuitScene.Trap;
        for (var call = 0; call < 10; call++)
        {
            Assert.That(() => scene.Call(false), Throws.TypeOf<PluginTrapException>());
        }

        Assert.That(scene.Status.Circuit, Is.EqualTo(PluginCircuitState.Closed));
    }

    [Test]
    public async Task DefaultAnswer_StandsInForThePlugin([Values] bool isAsync)
    {
        using var scene = await new CircuitScene().StartAsync(CircuitScene.Quick with
        {
            WhenOpen = CircuitFallback.DefaultAnswer,
            DefaultAnswer = function => function == "run" ? "none"u8.ToArray() : null,
        });
        await scene.OpenAsync();
        var result = scene.Call(isAsync);
        Assert.That(result.IsDefaultAnswer);
        Assert.That(result.Output.ToArray(), Is.EqualTo("none"u8.ToArray()));
        var text = isAsync
            ? await scene.Plugin.CallTextAsync("run", "")
            : scene.Plugin.CallText("run", "");
        Assert.That(text.Value, Is.EqualTo("none"));
        Assert.That(text.IsDefaultAnswer);
        using var sink = new MemoryStream();
        _ = isAsync
            ? await scene.Plugin.CallAsync("run", Stream.Null, sink)
            : scene.Plugin.Call("run", Stream.Null, sink);
        Assert.That(sink.ToArray(), Is.EqualTo("none"u8.ToArray()));
        var writer = new System.Buffers.ArrayBufferWriter<byte>();
        _ = isAsync
            ? await scene.Plugin.CallAsync("run", default, writer)
            : scene.Plugin.Call("run", [], writer);
        Assert.That(writer.WrittenSpan.ToArray(), Is.EqualTo("none"u8.ToArray()));
        Assert.That(() => scene.Plugin.Call("none", []), Throws.ArgumentException);
    }

    [Test]
    public async Task DefaultAnswer_ThatThereIsNot_RefusesTheCall()
    {
        using var scene = await new CircuitScene().StartAsync(CircuitScene.Quick with
        {
            WhenOpen = CircuitFallback.DefaultAnswer, DefaultAnswer = _ => null,
        });
        await scene.OpenAsync();
        Assert.That(() => scene.Call(false), Throws.TypeOf<PluginCircuitException>());
    }

    [Test]
    public async Task PreviousVersion_TakesThePlaceOfOneThatFails()
    {
        using var scene = await new CircuitScene().StartAsync(
            CircuitScene.Quick with { WhenOpen = CircuitFallback.PreviousVersion });
        scene.Catalog.Write("2.0.0");
        await scene.Plugin.ReloadAsync();
        await scene.OpenForFallbackAsync();
        await CatalogScene.UntilAsync(() => scene.Status.Version.ToString() == "1.0.0");
        Assert.That(scene.Status.IsFallback);
        Assert.That(scene.Status.Circuit, Is.EqualTo(PluginCircuitState.Closed));
        Assert.That(() => scene.Call(false), Throws.Nothing);

        // It fails too: there is nothing better.
        await scene.OpenAsync(successes: 1);
        Assert.That(() => scene.Call(false), Throws.TypeOf<PluginCircuitException>());
        Assert.That(scene.Status.Version.ToString(), Is.EqualTo("1.0.0"));
    }

    [Test]
    public async Task PreviousVersion_ThatThereIsNot_RefusesTheCall()
    {
        using var scene = await new CircuitScene().StartAsync(
            CircuitScene.Quick with { WhenOpen = CircuitFallback.PreviousVersion });
        await scene.OpenAsync();
        Assert.That(() => scene.Call(false), Throws.TypeOf<PluginCircuitException>());
        Assert.That(scene.Status.Version.ToString(), Is.EqualTo("1.0.0"));
    }

    [Test]
    public async Task Canary_ThatFails_IsEnded()
    {
        using var scene = await new CircuitScene().StartAsync(
            CircuitScene.Quick with { WhenOpen = CircuitFallback.PreviousVersion });
        scene.Catalog.Write("2.0.0");
        await scene.Plugin.StartCanaryAsync(1);
        await scene.OpenForFallbackAsync();
        await CatalogScene.UntilAsync(() => scene.Plugin.Status.Canary is null);
        Assert.That(scene.Status.IsFallback, Is.False);
        Assert.That(() => scene.Call(false), Throws.Nothing);
    }

    [Test]
    public async Task Version_ThatIsNew_HasACircuitOfItsOwn()
    {
        using var scene = await new CircuitScene().StartAsync();
        await scene.OpenAsync();
        scene.Catalog.Write("2.0.0");
        await scene.Plugin.ReloadAsync();
        Assert.That(scene.Status.Circuit, Is.EqualTo(PluginCircuitState.Closed));
        Assert.That(() => scene.Call(false), Throws.Nothing);
    }

    [Test]
    public async Task Session_OfALease_IsRefusedToo()
    {
        using var scene = await new CircuitScene().StartAsync();
        using var lease = scene.Plugin.Lease();
        using var session = lease.Plugin.OpenSession();
        await scene.OpenAsync();
        Assert.That(() => session.Call("run", []), Throws.TypeOf<PluginCircuitException>());
    }

    [Test]
    public async Task Breaker_OfTheCatalog_IsForPluginsWithoutTheirOwn()
    {
        using var scene = new CatalogScene().Write("1.0.0");
        var plugin = await scene.StartAsync(options: new PluginCatalogOptions { CircuitBreaker = CircuitScene.Quick });
        Assert.That(plugin.Status.Version!.Circuit, Is.EqualTo(PluginCircuitState.Closed));
    }

    [Test]
    public void Breaker_WithFaults_IsRefusedWithAllOfThem()
    {
        using var scene = new CatalogScene().Write("1.0.0");
        var breaker = new PluginCircuitBreaker
        {
            FailureRatio = 0,
            MinimumCalls = 1,
            SamplingDuration = TimeSpan.Zero,
            BreakDuration = TimeSpan.FromDays(2),
            WhenOpen = CircuitFallback.DefaultAnswer,
        };
        var message = Assert.Throws<ArgumentException>(
            () => scene.Catalog(entry => entry with { CircuitBreaker = breaker }))!.Message;
        string[] names =
            ["pricing", "FailureRatio", "MinimumCalls", "SamplingDuration", "BreakDuration", "DefaultAnswer"];
        Assert.That(names.Where(name => !message.Contains(name, StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public async Task Calls_ThatRace_OpenTheCircuitOnce()
    {
        using var scene = await new CircuitScene().StartAsync();
        scene.Running = CircuitScene.Trap;
        var failures = await Task.WhenAll(Enumerable.Range(0, 200).Select(call => Task.Run(
            () => Assert.Catch<PluginException>(() => scene.Call(call % 2 == 0))!.Code)));
        Assert.That(failures, Is.All.EqualTo(PluginErrorCode.Trap).Or.EqualTo(PluginErrorCode.CircuitOpen));
        Assert.That(() => scene.Call(false), Throws.TypeOf<PluginCircuitException>());
    }
}

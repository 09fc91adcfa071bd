using Plugins.Host.Tests.Support;
using Plugins.Wasm;

namespace Plugins.Host.Tests.Calls;

/// <summary>What loading and warming up ask of the engine.</summary>
internal sealed class WarmUpTests
{
    private Rig _rig = null!;

    [SetUp]
    public void CreateRig() => _rig = new Rig().Guest("run", _ => 0);

    [TearDown]
    public void DisposeRig() => _rig.Dispose();

    [Test]
    public void Load_ThatAsksForNothing_LeavesTheModeToTheEngine()
    {
        _rig.Engine.WarmingUp = (_, _) => throw new InvalidOperationException("Nobody asked for that.");
        _rig.Load();
        Assert.That(_rig.Engine.Compiled.Single(), Has.Property("Mode").Null.And.Property("Progress").Null);
    }

    [Test]
    public void Load_WithAMode_AsksTheEngineForIt([Values] ExecutionMode mode)
    {
        var progress = new Progress<CompilationProgress>();
        _rig.LoadOptions = new PluginLoadOptions { Mode = mode, CompilationProgress = progress };
        _rig.Load();
        var options = _rig.Engine.Compiled.Single();
        Assert.That((options.Mode, options.Progress), Is.EqualTo((mode, progress)));
    }

    [Test]
    public void Load_WithWarmUp_TakesItForCompiling()
    {
        var guests = -1;
        _rig.LoadOptions = new PluginLoadOptions { WarmUp = true };
        _rig.Engine.WarmingUp = (_, _) =>
        {
            guests = _rig.Engine.Guests.Count;
            _rig.Time.Advance(TimeSpan.FromSeconds(3));
            return Task.CompletedTask;
        };
        Assert.That(_rig.Load().Diagnostics.CompilationDuration, Is.EqualTo(TimeSpan.FromSeconds(3)));
        Assert.That(guests, Is.Zero, "An instance was made before the functions were compiled.");
    }

    [Test]
    public void Load_CancelledDuringWarmUp_LoadsNothing()
    {
        using var source = new CancellationTokenSource();
        _rig.LoadOptions = new PluginLoadOptions { WarmUp = true };
        _rig.Engine.WarmingUp = (_, token) =>
        {
            source.Cancel();
            return Task.FromCanceled(token);
        };
        Assert.That(
            () => _rig.Load(cancellationToken: source.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(_rig.Engine.Guests, Is.Empty);
    }

    [Test]
    public void WarmUp_OfADisposedPlugin_IsRefused()
    {
        var plugin = _rig.Load();
        plugin.Dispose();
        Assert.That(() => plugin.WarmUpAsync(), Throws.TypeOf<ObjectDisposedException>());
    }
}

using Plugins.Host.Capabilities;
using Plugins.Host.Engines;
using Plugins.Host.Errors;
using Plugins.Host.Tests.Support;

namespace Plugins.Host.Tests.Foreign;

/// <summary>
/// Whatever the application's code does while the host runs it: no other call notices, the guest's own failure is kept,
/// nothing but documented exceptions comes out, and no instance that is not clean serves again.
/// </summary>
[CancelAfter(600_000)]
internal sealed class ForeignCodeTests
{
    [Test]
    public void Exception_OfForeignCode_EndsAtMostItsOwnCall(
        [ValueSource(typeof(ForeignPlaces), nameof(ForeignPlaces.All))] string place,
        [ValueSource(typeof(ForeignActs), nameof(ForeignActs.OfThrowing))] string act,
        [Values] bool isSession)
    {
        foreach (var exitCode in (int[])[0, 7])
        {
            using var scene = new ForeignScene(place) { End = () => exitCode };
            var failure = CallAsAlice(scene, ForeignActs.Throwing[act], isSession);
            if (failure is PluginStreamException stream)
            {
                Assert.That(ForeignPlaces.Ending, Does.Contain(place));
                Assert.That(stream.InnerException, Is.Not.Null);
            }
            else
            {
                Assert.That((failure as PluginGuestException)?.ExitCode ?? 0, Is.EqualTo(exitCode));
                Assert.That(exitCode == 0 ? failure : null, Is.Null);
            }

            Assert.That(failure is PluginStreamException, Is.EqualTo(EndsTheCall(place, exitCode)));
            CheckThatBobIsAlone(scene, isSession);
        }
    }

    [Test]
    public void Misbehaviour_OfForeignCode_ReachesNoOtherCall(
        [ValueSource(typeof(ForeignPlaces), nameof(ForeignPlaces.All))] string place,
        [ValueSource(typeof(ForeignActs), nameof(ForeignActs.OfOthers))] string act,
        [Values] bool isSession)
    {
        using var scene = new ForeignScene(place);
        var failure = CallAsAlice(scene, ForeignActs.Others[act], isSession);
        Assert.That(
            failure,
            Is.Null.Or.InstanceOf<PluginException>()
                .Or.InstanceOf<OperationCanceledException>()
                .Or.InstanceOf<ObjectDisposedException>());
        CheckThatBobIsAlone(scene, isSession);
    }

    [Test]
    public void Trap_OfTheGuest_IsKeptWhateverItsServicesDo(
        [ValueSource(typeof(ForeignPlaces), nameof(ForeignPlaces.Silent))] string place, [Values] bool isSession)
    {
        using var scene = new ForeignScene(place);
        scene.End = () => throw new FakeTrapException(EngineFaultKind.Trap);
        var failure = CallAsAlice(scene, ForeignActs.Throwing["throws"], isSession);
        Assert.That(failure, Is.TypeOf<PluginTrapException>());
        scene.End = () => 0;
        CheckThatBobIsAlone(scene, isSession);
    }

    private static bool EndsTheCall(string place, int exitCode) =>
        ForeignPlaces.IsStream(place) || (ForeignPlaces.IsWriter(place) && exitCode == 0);

    private static Exception? CallAsAlice(ForeignScene scene, Action<ForeignScene> act, bool isSession)
    {
        scene.Arm(act);
        Exception? failure = null;
        try
        {
            scene.Call(isSession ? scene.Session : scene.Plugin, "alice");
        }
        catch (Exception exception)
        {
            failure = exception;
        }

        if (!scene.IsBeyondReach(failure))
        {
            SpinWait.SpinUntil(() => scene.HasActed, TimeSpan.FromMinutes(5));
            Assert.That(scene.HasActed, $"the place was not reached: {failure}");
        }

        scene.Disarm();
        if (scene.Context is { } context)
        {
            CheckThatItHasEnded(context);
        }

        return failure;
    }

    private static void CheckThatItHasEnded(PluginCallContext context)
    {
        Assert.That(() => context.FuelRemaining, Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => context.Services, Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => context.ConsumeFuel(1), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(context.CallId, Is.EqualTo("alice"));
    }

    private static void CheckThatBobIsAlone(ForeignScene scene, bool isSession)
    {
        scene.Recover();
        var caller = isSession ? (PluginCaller)scene.Session : scene.Plugin;
        if (isSession && scene.IsUsable(scene.Session))
        {
            scene.Session.Reset();
        }

        var exitCode = scene.End();
        if (!scene.IsUsable(caller))
        {
            Assert.That(() => scene.Call(caller, "bob"), Throws.TypeOf<ObjectDisposedException>());
        }
        else if (exitCode == 0)
        {
            Assert.That(() => scene.Call(caller, "bob"), Throws.Nothing);
            Assert.That((scene.Seen, scene.IsDirty), Is.EqualTo(("bob bob", false)));
        }
        else
        {
            Assert.That(() => scene.Call(caller, "bob"), Throws.TypeOf<PluginGuestException>());
            Assert.That((scene.Seen, scene.IsDirty), Is.EqualTo(("bob bob", false)));
        }

        scene.Session.Dispose();
        scene.Rig.Host.Dispose();
        Assert.That(scene.Rig.Engine.Guests.All(guest => guest.IsDisposed));
    }
}

using System.Runtime.ExceptionServices;
using Plugins.Host.Engines;
using Plugins.Host.Tests.Support;

namespace Plugins.Host.Tests.Foreign;

/// <summary>What foreign code does that it should not, or that is hard on its host.</summary>
internal static class ForeignActs
{
    internal static readonly Dictionary<string, Action<ForeignScene>> Throwing = new(StringComparer.Ordinal)
    {
        ["throws"] = _ => throw new InvalidOperationException("foreign"),
        ["throws a cancellation"] = _ => throw new OperationCanceledException(),
        ["throws out of memory"] = _ => ExceptionDispatchInfo.Throw(new InsufficientMemoryException("foreign")),
        ["throws what another instance of the engine threw"] = _ =>
            throw new FakeTrapException(EngineFaultKind.OutOfFuel),
        ["throws the failure of another plugin"] = _ =>
        {
            using var other = new Rig().Guest("run", _ => 3);
            other.Load().Call("run", []);
        },
    };

    internal static readonly Dictionary<string, Action<ForeignScene>> Others = new(StringComparer.Ordinal)
    {
        ["runs past the deadline"] = scene =>
        {
            scene.Rig.Time.Advance(TimeSpan.FromSeconds(2));
            SpinWait.SpinUntil(() => scene.Rig.Engine.Guests.Any(guest => guest.IsInterrupted), 50);
        },
        ["cancels the call"] = scene => scene.Cancellation.Cancel(),
        ["calls the plugin"] = scene => scene.Plugin.Call("idle", []),
        ["calls the session"] = scene => scene.Session.Call("idle", []),
        ["resets the session"] = scene => scene.Session.Reset(),
        ["opens a session"] = scene =>
        {
            using var session = scene.Plugin.OpenSession();
            session.Call("idle", []);
        },
        ["disposes the session"] = scene => scene.Session.Dispose(),
        ["disposes the plugin"] = scene => scene.Plugin.Dispose(),
        ["disposes the host"] = scene => scene.Rig.Host.Dispose(),
    };

    internal static IEnumerable<string> OfThrowing => Throwing.Keys;

    internal static IEnumerable<string> OfOthers => Others.Keys;
}

using Plugins.Host.Capabilities;
using Plugins.Host.Errors;
using Plugins.Host.Tests.Support;

namespace Plugins.Host.Tests.Calls.Threads;

/// <summary>What counts as a call within a call, and what becomes of the execution context.</summary>
[CancelAfter(600_000)]
internal sealed class CallNestingTests
{
    private static readonly AsyncLocal<string?> Local = new();

    [Test]
    public void Initialization_ThatOpensASessionOfItself_EndsWithATypedError()
    {
        Plugin? plugin = null;
        PluginErrorCode? code = null;
        using var rig = new Rig().Uses("own").Guest("run", _ => 0);
        rig.Engine.Initialize = guest => guest.Ask("own");
        rig.Options.AddFunction("own", (_, _, _) =>
        {
            try
            {
                plugin?.OpenSession().Dispose();
            }
            catch (PluginLimitException exception)
            {
                code = exception.Code;
                Assert.That(exception.Phase, Is.EqualTo(PluginPhase.Initialization));
            }

            return CapabilityStatus.Success;
        });
        plugin = rig.Load();
        plugin.OpenSession().Dispose();
        Assert.That(code, Is.EqualTo(PluginErrorCode.NestingLimit));
    }

    [Test]
    public void Calls_OfAnotherHost_Count()
    {
        using var inner = new Rig().Guest("run", _ => 0);
        inner.Options.MaximumNesting = 1;
        var plugin = inner.Load();
        Exception? failure = null;
        using var outer = new Rig().Uses("own").Guest("run", guest => guest.Ask("own").Status);
        outer.Options.AddFunction("own", (_, _, _) =>
        {
            failure = Assert.Catch(() => plugin.Call("run", []));
            return CapabilityStatus.Success;
        });
        outer.Load().Call("run", []);
        Assert.That(failure, Is.TypeOf<PluginLimitException>().With.Message.Contains("call 2 within one another"));
        Assert.That(() => plugin.Call("run", []), Throws.Nothing);
    }

    [Test]
    public void Calls_WithoutTheContextsFlow_CountOnTheirThread()
    {
        Plugin? plugin = null;
        var calls = 0;
        using var rig = new Rig().Uses("own").Guest("run", guest => guest.Ask("own").Status);
        rig.Options.AddFunction("own", (_, _, _) =>
        {
            calls++;
            plugin!.Call("run", []);
            return CapabilityStatus.Success;
        });
        rig.Options.MaximumNesting = 3;
        plugin = rig.Load();
        using (ExecutionContext.SuppressFlow())
        {
            Assert.That(() => plugin.Call("run", []), Throws.TypeOf<PluginGuestException>());
            Assert.That(calls, Is.EqualTo(3));
        }

        Assert.That(() => plugin.Call("run", []), Throws.TypeOf<PluginGuestException>());
        Assert.That(calls, Is.EqualTo(6));
    }

    [Test]
    public void ExecutionContext_OfTheCaller_ReachesFunctionsAndIsUnchangedByThem()
    {
        var seen = new List<string?>();
        using var rig = new Rig().Uses("own").Guest("run", guest => guest.Ask("own").Status + guest.Ask("own").Status);
        rig.Options.AddFunction("own", (_, _, _) =>
        {
            seen.Add(Local.Value);
            Local.Value = "the function's";
            return CapabilityStatus.Success;
        });
        var plugin = rig.Load();
        Local.Value = "the caller's";
        plugin.Call("run", []);
        Assert.That(Local.Value, Is.EqualTo("the caller's"));
        Assert.That(seen, Is.All.EqualTo("the caller's"));
        Local.Value = null;
    }

    [TestCase(0, false)]
    [TestCase(1, true)]
    [TestCase(64, true)]
    [TestCase(65, false)]
    public void Option_OutOfRange_IsAFault(int nesting, bool isFine)
    {
        using var rig = new Rig();
        rig.Options.MaximumNesting = nesting;
        Assert.That(() => rig.Host, isFine ? Throws.Nothing : Throws.ArgumentException);
    }
}

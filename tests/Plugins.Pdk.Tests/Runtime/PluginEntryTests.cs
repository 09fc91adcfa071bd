using Plugins.Pdk.Runtime;
using Plugins.Pdk.Tests.Support;

namespace Plugins.Pdk.Tests.Runtime;

public sealed class PluginEntryTests
{
    private static readonly (Exception Exception, int Code, string Error)[] Failures =
    [
        (new PluginException("not today"), 1, "not today"),
        (new PluginException(7, "not today"), 7, "not today"),
        (new PluginException(-7, "not ö"), -7, "not ö"),
        (new PluginException(0, "no success"), 1, "no success"),
        (new OwnException(), 42, "of my own"),
        (new InvalidOperationException("a bug"), 1, "InvalidOperationException: a bug"),
        (new PluginException("lone \uD800"), 1, "lone \uFFFD"),
    ];

    [TestCaseSource(nameof(Failures))]
    public void Run_OfAFunctionThatThrows_GivesCodeAndText((Exception Exception, int Code, string Error) failure)
    {
        var host = new MemoryRuntime();

        Assert.That(host.Run(() => throw failure.Exception), Is.EqualTo(failure.Code));
        Assert.That(host.ErrorText, Is.EqualTo(failure.Error));
    }

    [Test]
    public void Run_OfAFunctionThatTheRuntimeEnds_LetsTheExceptionOut()
    {
        var host = new MemoryRuntime();

        Assert.That(() => host.Run(() => Plugin.Fatal("this cannot be")), Throws.TypeOf<TrappedException>());
        Assert.That(host.ErrorText, Is.EqualTo("this cannot be"));
    }

    [Test]
    public void Current_OutsideOfAHost_SaysWhatToDo() =>
        Assert.That(
            () => Output.Write("a"),
            Throws.TypeOf<NoPluginRuntimeException>().With.Message.Contains("Plugins.Testing"));

    [Test]
    public void Enter_InsideAnother_ComesBackToTheOuter()
    {
        var outer = new MemoryRuntime();
        var inner = new MemoryRuntime();

        outer.Run(() =>
        {
            inner.Run(() => Output.Write("inner"));
            Output.Write("outer");
        });

        Assert.That((outer.OutputText, inner.OutputText), Is.EqualTo(("outer", "inner")));
    }

    [Test]
    public void Current_OnAnotherThread_IsNotTheCallers()
    {
        Exception? found = null;

        new MemoryRuntime().Run(() =>
        {
            var thread = new Thread(() => found = Assert.Catch(() => Output.Write("a")));
            thread.Start();
            thread.Join();
        });

        Assert.That(found, Is.TypeOf<NoPluginRuntimeException>());
    }

    private sealed class OwnException() : PluginFailureException("of my own")
    {
        public override int Code => 42;
    }
}

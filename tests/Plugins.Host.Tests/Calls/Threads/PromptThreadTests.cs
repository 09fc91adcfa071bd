using Plugins.Host.Calls.Threads;

namespace Plugins.Host.Tests.Calls.Threads;

internal sealed class PromptThreadTests
{
    [Test]
    [Platform("Linux")]
    public void Begin_OnLinuxThatGrantsSlices_AsksForTheShortest()
    {
        if (Environment.OSVersion.Version < new Version(6, 12))
        {
            Assert.Ignore("From Linux 6.12 on.");
        }

        ulong? slice = null;
        ulong? ofAnother = null;
        Run(() =>
        {
            PromptThread.Begin();
            slice = PromptThread.Slice;
        });
        Run(() => ofAnother = PromptThread.Slice);
        Assert.That(slice, Is.EqualTo(100_000));
        Assert.That(ofAnother, Is.Not.EqualTo(slice));
    }

    private static void Run(ThreadStart start)
    {
        var thread = new Thread(start);
        thread.Start();
        thread.Join();
    }
}

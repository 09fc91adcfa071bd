using Plugins.Host.Wasmtime.Tests.Support;

namespace Plugins.Wasm.Tests.Runtime.Tiering;

internal sealed class ScarceMemoryTests
{
    [Test]
    [Platform("Linux")]
    public void Call_ThatBecomesHotWhereNoThreadCanBeStarted_GoesOn()
    {
        ChildProcess child = ChildProcess.RunThis("scarce-memory");
        Assert.That(child.ExitCode, Is.Zero, child.Output);
    }
}

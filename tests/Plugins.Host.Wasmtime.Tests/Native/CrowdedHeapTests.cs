using Plugins.Host.Wasmtime.Tests.Support;

namespace Plugins.Host.Wasmtime.Tests.Native;

[TestFixtureSource(typeof(WasmtimeLibraries), nameof(WasmtimeLibraries.Names))]
internal sealed class CrowdedHeapTests(string library)
{
    [Test]
    public void Sessions_BetweenArraysWithoutZeros_DoNotReadThem()
    {
        var child = ChildProcess.RunThis("crowded-heap", library);
        Assert.That(child.Output, Does.StartWith(CrowdedHeap.Done));
        Assert.That(child.ExitCode, Is.Zero);
    }
}

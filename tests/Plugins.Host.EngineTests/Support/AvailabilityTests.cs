using Plugins.Host.Wasmtime.Tests.Support;

namespace Plugins.Host.EngineTests.Support;

/// <summary>Says once which engine the fixtures of this project leave out, and why.</summary>
internal sealed class AvailabilityTests
{
    [TestCaseSource(typeof(WasmtimeLibraries), nameof(WasmtimeLibraries.Names))]
    public void Engine_OfEachWasmtime_IsThereToBeTested(string name) =>
        Assert.That(File.Exists(WasmtimeLibraries.Require(name)));
}

using Plugins.Host.Wasmtime.Tests.Support;

namespace Plugins.Host.EngineTests.Support;

/// <summary>Says once when the fixtures of this project leave out Wasmtime's oldest version, and why.</summary>
internal sealed class AvailabilityTests
{
    [Test]
    public void Wasmtime_OfTheOldestVersion_IsThereToBeTested() =>
        Assert.That(WasmtimeLibraries.Require(WasmtimeLibraries.LongTerm), Does.Exist);
}

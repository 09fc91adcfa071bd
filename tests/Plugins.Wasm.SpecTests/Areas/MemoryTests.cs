using Plugins.Wasm.SpecTests.Running;

namespace Plugins.Wasm.SpecTests.Areas;

[TestFixtureSource(typeof(EngineSetting), nameof(EngineSetting.All))]
public sealed class MemoryTests(EngineSetting setting)
{
    internal static readonly string[] Scripts =
    [
        "address", "align", "data", "endianness", "float_memory", "load", "memory", "memory_grow",
        "memory_redundancy", "memory_size", "memory_trap", "store", "traps",
    ];

    [TestCaseSource(nameof(Scripts))]
    public void Script_UnderTheSetting_PassesEveryCommand(string script) => SuiteRun.AssertPasses(script, setting);
}

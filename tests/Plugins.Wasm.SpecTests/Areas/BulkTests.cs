using Plugins.Wasm.SpecTests.Running;

namespace Plugins.Wasm.SpecTests.Areas;

[TestFixtureSource(typeof(EngineSetting), nameof(EngineSetting.All))]
public sealed class BulkTests(EngineSetting setting)
{
    internal static readonly string[] Scripts =
    [
        "bulk", "elem", "memory_copy", "memory_fill", "memory_init", "table_copy", "table_init",
    ];

    [TestCaseSource(nameof(Scripts))]
    public void Script_UnderTheSetting_PassesEveryCommand(string script) => SuiteRun.AssertPasses(script, setting);
}

using Plugins.Wasm.SpecTests.Running;

namespace Plugins.Wasm.SpecTests.Areas;

[TestFixtureSource(typeof(EngineSetting), nameof(EngineSetting.All))]
public sealed class ReferenceTests(EngineSetting setting)
{
    internal static readonly string[] Scripts =
    [
        "ref_func", "ref_is_null", "ref_null", "table", "table-sub", "table_fill", "table_get", "table_grow",
        "table_set", "table_size",
    ];

    [TestCaseSource(nameof(Scripts))]
    public void Script_UnderTheSetting_PassesEveryCommand(string script) => SuiteRun.AssertPasses(script, setting);
}

using Plugins.Wasm.SpecTests.Running;

namespace Plugins.Wasm.SpecTests.Areas;

[TestFixtureSource(typeof(EngineSetting), nameof(EngineSetting.All))]
public sealed class CallTests(EngineSetting setting)
{
    internal static readonly string[] Scripts =
    [
        "call", "call_indirect", "fac", "forward", "func", "func_ptrs", "skip-stack-guard-page", "start", "type",
    ];

    [TestCaseSource(nameof(Scripts))]
    public void Script_UnderTheSetting_PassesEveryCommand(string script) => SuiteRun.AssertPasses(script, setting);
}

using Plugins.Wasm.SpecTests.Running;

namespace Plugins.Wasm.SpecTests.Areas;

[TestFixtureSource(typeof(EngineSetting), nameof(EngineSetting.All))]
public sealed class ControlTests(EngineSetting setting)
{
    internal static readonly string[] Scripts =
    [
        "block", "br", "br_if", "br_table", "if", "labels", "left-to-right", "loop", "nop", "return", "select",
        "stack", "switch", "unreachable", "unreached-invalid", "unreached-valid", "unwind",
    ];

    [TestCaseSource(nameof(Scripts))]
    public void Script_UnderTheSetting_PassesEveryCommand(string script) => SuiteRun.AssertPasses(script, setting);
}

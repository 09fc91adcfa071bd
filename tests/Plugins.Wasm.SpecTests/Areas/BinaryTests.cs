using Plugins.Wasm.SpecTests.Running;

namespace Plugins.Wasm.SpecTests.Areas;

[TestFixtureSource(typeof(EngineSetting), nameof(EngineSetting.All))]
public sealed class BinaryTests(EngineSetting setting)
{
    internal static readonly string[] Scripts =
    [
        "binary", "binary-leb128", "custom", "utf8-custom-section-id", "utf8-import-field", "utf8-import-module",
        "utf8-invalid-encoding",
    ];

    [TestCaseSource(nameof(Scripts))]
    public void Script_UnderTheSetting_PassesEveryCommand(string script) => SuiteRun.AssertPasses(script, setting);
}

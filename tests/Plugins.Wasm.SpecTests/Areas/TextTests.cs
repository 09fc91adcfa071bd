using Plugins.Wasm.SpecTests.Running;

namespace Plugins.Wasm.SpecTests.Areas;

[TestFixtureSource(typeof(EngineSetting), nameof(EngineSetting.All))]
public sealed class TextTests(EngineSetting setting)
{
    internal static readonly string[] Scripts =
    [
        "comments", "inline-module", "names", "obsolete-keywords", "token",
    ];

    [TestCaseSource(nameof(Scripts))]
    public void Script_UnderTheSetting_PassesEveryCommand(string script) => SuiteRun.AssertPasses(script, setting);
}

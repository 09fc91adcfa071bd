using Plugins.Wasm.SpecTests.Running;
using Plugins.Wasm.SpecTests.Suite;

namespace Plugins.Wasm.SpecTests.Areas;

/// <summary>The suite of WebAssembly 3.0: each script whose proposals the engine has.</summary>
[TestFixtureSource(typeof(EngineSetting), nameof(EngineSetting.All))]
public sealed class LaterTests(EngineSetting setting)
{
    private static readonly string[] Absent = ["absent"];

    internal static IEnumerable<string> Scripts => LaterScripts.Supported.DefaultIfEmpty(Absent[0]);

    [TestCaseSource(nameof(Scripts))]
    public void Script_UnderTheSetting_PassesEveryCommand(string script) =>
        SuiteRun.AssertPasses(SpecSuite.Version3, script, setting);
}

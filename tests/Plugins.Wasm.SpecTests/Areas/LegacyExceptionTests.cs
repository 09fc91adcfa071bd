using Plugins.Wasm.SpecTests.Running;
using Plugins.Wasm.SpecTests.Suite;

namespace Plugins.Wasm.SpecTests.Areas;

/// <summary>The instructions of the first proposal for exceptions, which toolchains still emit.</summary>
[TestFixtureSource(typeof(EngineSetting), nameof(EngineSetting.All))]
public sealed class LegacyExceptionTests(EngineSetting setting)
{
    internal static readonly string[] Scripts = ["rethrow", "throw", "try_catch", "try_delegate"];

    [TestCaseSource(nameof(Scripts))]
    public void Script_UnderTheSetting_PassesEveryCommand(string script) =>
        SuiteRun.AssertPasses(SpecSuite.LegacyExceptions, script, setting);
}

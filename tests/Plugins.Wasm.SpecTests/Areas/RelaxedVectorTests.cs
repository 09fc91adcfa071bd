using Plugins.Wasm.SpecTests.Running;

namespace Plugins.Wasm.SpecTests.Areas;

[TestFixtureSource(typeof(EngineSetting), nameof(EngineSetting.All))]
public sealed class RelaxedVectorTests(EngineSetting setting)
{
    internal static readonly string[] Scripts =
    [
        "i16x8_relaxed_q15mulr_s", "i32x4_relaxed_trunc", "i8x16_relaxed_swizzle", "relaxed_dot_product",
        "relaxed_laneselect", "relaxed_madd_nmadd", "relaxed_min_max",
    ];

    [TestCaseSource(nameof(Scripts))]
    public void Script_UnderTheSetting_PassesEveryCommand(string script) => SuiteRun.AssertPasses(script, setting);
}

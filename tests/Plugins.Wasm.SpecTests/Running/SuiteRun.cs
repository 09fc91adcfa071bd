using Plugins.Wasm.Types;
using System.Collections.Concurrent;
using Plugins.Wasm.SpecTests.Suite;

namespace Plugins.Wasm.SpecTests.Running;

/// <summary>The results of this test run: each script runs once per setting, whichever test asks first.</summary>
internal static class SuiteRun
{
    private static readonly ConcurrentDictionary<(SpecSuite, string, EngineSetting), Lazy<ScriptResult>> Results = [];

    public static ScriptResult Of(SpecSuite suite, string script, EngineSetting setting) => Results.GetOrAdd(
        (suite, script, setting), static key => new(() => Run(key.Item1, key.Item2, key.Item3))).Value;

    /// <summary>Fails with the list of the script's commands that did not go as the suite expects.</summary>
    public static void AssertPasses(SpecSuite suite, string script, EngineSetting setting)
    {
        SpecArchive.Require(suite.Archive);
        ScriptResult result = Of(suite, script, setting);
        Assert.That(result.Failures, Is.Empty, () => string.Join('\n', result.Failures));
    }

    /// <summary>The same for a script of 2.0.</summary>
    public static void AssertPasses(string script, EngineSetting setting) =>
        AssertPasses(SpecSuite.Version2, script, setting);

    private static ScriptResult Run(SpecSuite suite, string script, EngineSetting setting) =>
        ScriptRunner.Run(SpecArchive.Read(suite, script), setting, suite.Features);
}

using Plugins.Wasm.Types;
using System.Collections.Concurrent;
using Plugins.Wasm.SpecTests.Suite;

namespace Plugins.Wasm.SpecTests.Running;

/// <summary>The results of this test run: each script runs once per setting, whichever test asks first.</summary>
internal static class SuiteRun
{
    private static readonly ConcurrentDictionary<(string, EngineSetting), Lazy<ScriptResult>> Results = new();

    public static ScriptResult Of(string script, EngineSetting setting) =>
        Results.GetOrAdd((script, setting), static key => new(() => Run(key.Item1, key.Item2))).Value;

    /// <summary>Fails with the list of the script's commands that did not go as the suite expects.</summary>
    public static void AssertPasses(string script, EngineSetting setting)
    {
        SpecArchive.Require();
        ScriptResult result = Of(script, setting);
        Assert.That(result.Failures, Is.Empty, () => string.Join('\n', result.Failures));
    }

    private static ScriptResult Run(string script, EngineSetting setting) =>
        ScriptRunner.Run(SpecArchive.Read(script), setting);
}

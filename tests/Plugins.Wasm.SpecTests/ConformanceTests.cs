using Plugins.Wasm.SpecTests.Running;
using Plugins.Wasm.SpecTests.Suite;

namespace Plugins.Wasm.SpecTests;

public sealed class ConformanceTests
{
    [Test]
    public void Suite_EveryScriptInIt_IsRunByOneArea()
    {
        SpecArchive.Require();

        Assert.That(ConformanceReport.Areas.SelectMany(area => area.Scripts), Is.EquivalentTo(SpecArchive.ScriptNames));
    }

    [Test]
    public void Page_Committed_SaysWhatTheRunSays()
    {
        SpecArchive.Require();
        SpecArchive.Require(SpecSuite.Version3.Archive);
        SpecArchive.Require(SpecSuite.LegacyExceptions.Archive);
        string page = ConformanceReport.Write();
        if (Environment.GetEnvironmentVariable("PLUGINS_UPDATE_CONFORMANCE") is "1")
        {
            File.WriteAllText(ConformanceReport.FilePath, page);
        }

        Assert.That(File.ReadAllText(ConformanceReport.FilePath), Is.EqualTo(page));
    }
}

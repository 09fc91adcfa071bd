using Plugins.Host.Wasmtime.Tests.Support;

namespace Plugins.Wasm.Tests.Emit.Faults;

/// <summary>That the list of known faults is whole; whether the runtime has them is not ours to say.</summary>
internal sealed class CompilerFaultsTests
{
    [Test]
    public void Faults_ThatAreTried_AreInTheList()
    {
        string list = File.ReadAllText(Path.Combine(Repository.Find(), "docs", "security.md"));

        Assert.That(
            CompilerFaults.All.Where(fault => !list.Contains($"| `{fault.Name}` |", StringComparison.Ordinal)),
            Is.Empty);
    }

    [Test]
    public void Report_OnThisRuntime_SaysOfEachWhetherItIsThere()
    {
        string[] lines = ChildProcess.RunThis("faults").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.That(lines.Skip(1).Select(line => line.Split(' ')[0]),
            Is.EqualTo(CompilerFaults.All.Select(fault => fault.Name)));
        Assert.That(lines.Skip(1), Is.All.Contains("still there").Or.Contains("mended"));
    }
}

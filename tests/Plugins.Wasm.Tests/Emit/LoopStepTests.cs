using Plugins.Host.Wasmtime.Tests.Support;
using Plugins.Wasm.Tests.Emit.Support;
using Plugins.Wasm.Tests.Runtime.Support;

namespace Plugins.Wasm.Tests.Emit;

/// <summary>Loops for which .NET 10's compiler divides the smallest number by -1, which ends the process.</summary>
internal sealed class LoopStepTests
{
    private static IEnumerable<string> Forms => LoopForms.All.Keys;

    [TestCaseSource(nameof(Forms))]
    public void Loop_OfMultiplesOfOneVariable_IsExact(string form)
    {
        ChildProcess child = ChildProcess.RunThis("loop-form", form);

        Assert.That(child.Output.Trim(), Is.EqualTo($"{LoopForms.All[form].Sum}"));
    }

    [Test]
    public void Loops_OfRandomSteps_AreCompiled()
    {
        ChildProcess child = ChildProcess.RunThis("loops", "0", "300");

        Assert.That(child.ExitCode, Is.Zero, child.Output[^Math.Min(child.Output.Length, 500)..]);
        Assert.That(child.Output, Does.Contain("seed 299"));
    }
}

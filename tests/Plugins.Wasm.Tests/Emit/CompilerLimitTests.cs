using Plugins.Host.Wasmtime.Tests.Support;
using Plugins.Wasm.Diagnostics;
using Plugins.Wasm.Tests.Emit.Support;
using static Plugins.Wasm.Diagnostics.CompilationTier;

namespace Plugins.Wasm.Tests.Emit;

/// <summary>What the runtime's compiler could take long over is not optimised, or never given to it.</summary>
[NonParallelizable]
internal sealed class CompilerLimitTests
{
    [TestCase("loops", 90, Optimized, null)]
    [TestCase("loops", 97, Unoptimized, "loops: 97 > 96")]
    [TestCase("branches to one loop", 256, Optimized, null)]
    [TestCase("branches to one loop", 257, Unoptimized, "branches back: 257 > 256")]
    [TestCase("nested loops", 24, Optimized, null)]
    [TestCase("nested loops", 25, Unoptimized, "nested loops: 25 > 24")]
    [TestCase("nested loops", 257, Interpreted, "nested loops: 257 > 256")]
    [TestCase("branches to one block", 500, Optimized, null)]
    [TestCase("branches to one block", 513, Optimized, null)]
    [TestCase("few tables of many targets", 120, Optimized, null)]
    [TestCase("few tables of many targets", 128, Unoptimized, "branch targets: 516 > 512")]
    [TestCase("few tables of many targets", 4_096, Interpreted, "branch targets: 16388 > 16384")]
    [TestCase("many tables of few targets", 40, Optimized, null)]
    [TestCase("many tables of few targets", 43, Unoptimized, "tables × branch targets: 16641 > 16384")]
    [TestCase("tables of the same targets", 126, Interpreted, "tables × branch targets: 2016252 > 2000000")]
    [TestCase("expressions", 1_300, Optimized, null)]
    [TestCase("expressions", 2_000, Interpreted, "bytes of code: ")]
    [TestCase("indirect calls", 12_000, Interpreted, "compiler's work: ")]
    [TestCase("wide calls", 1_200, Interpreted, "compiler's work: ")]
    [TestCase("bulk copies", 12_000, Interpreted, "compiler's work: ")]
    public void Function_OfAShape_IsCompiledUpToASize(string shape, int size, CompilationTier tier, string? reason)
    {
        Module module = Module.Compile(
            CompilerInput.Of((shape, size)).Build(), new ModuleOptions { Mode = ExecutionMode.Compiled });

        FunctionReport report = module.Functions[CompilerInput.Victim];
        Assert.That(report.Tier, Is.EqualTo(tier), report.Reason);
        Assert.That(report.Reason ?? "", Does.StartWith(reason ?? ""));
    }

    /// <summary>In all shapes and sizes; <c>eng/attack-compiler.sh</c> looks for mixtures of them.</summary>
    [Test]
    public void Functions_OfEveryShapeAndSize_TakeLittleTimeAndMemoryToCompile()
    {
        ChildProcess child = ChildProcess.RunThis("compile-shapes");

        TestContext.Out.WriteLine(child.Output);
        Assert.That(child.ExitCode, Is.Zero, child.Output[^Math.Min(child.Output.Length, 1_000)..]);
    }
}

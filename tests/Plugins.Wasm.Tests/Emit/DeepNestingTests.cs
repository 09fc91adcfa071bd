using System.Globalization;
using Plugins.Host.Wasmtime.Tests.Support;
using Plugins.Wasm.Tests.Runtime.Support;

namespace Plugins.Wasm.Tests.Emit;

/// <summary>
/// Blocks nested as deep as can be allowed cost no stack, neither ours (128 KiB are enough) nor the runtime's
/// compiler's (256 KiB), and time in proportion. An overflow would end the process, so each runs in one of its own.
/// </summary>
internal sealed class DeepNestingTests
{
    // Four times is linear, sixteen times quadratic.
    private const double MostGrowth = 10;

    // Less than this is mostly the runtime's own compiling of the engine.
    private const double FewMilliseconds = 60;

    private static IEnumerable<string> Shapes => DeepNesting.All.Keys;

    [TestCaseSource(nameof(Shapes))]
    public void Blocks_NestedToTheLimit_CompileAndRunInProportion(string shape)
    {
        ChildProcess child = ChildProcess.RunThis("deep-nesting", shape);

        Assert.That(child.ExitCode, Is.Zero, child.Output[^Math.Min(child.Output.Length, 500)..]);
        double[] milliseconds =
            [.. child.Output.Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
        Assert.That(milliseconds[1] / Math.Max(milliseconds[0], FewMilliseconds), Is.LessThan(MostGrowth));
    }
}

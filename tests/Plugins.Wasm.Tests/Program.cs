using System.Globalization;
using Plugins.Wasm.Tests.Emit.Faults;
using Plugins.Wasm.Tests.Emit.Support;
using Plugins.Wasm.Tests.Runtime.Support;
using Plugins.Wasm.Tests.Runtime.Tiering;
using Plugins.Wasm.Tests.Support;

namespace Plugins.Wasm.Tests;

/// <summary>What tests and scripts in <c>eng</c> start as a process of its own: a fault ends it.</summary>
internal static class Program
{
    public static int Main(string[] arguments) => arguments switch
    {
        ["faults"] => CompilerFaults.Report(),
        ["fault", var name] => CompilerFaults.Try(name),
        ["loop-form", var name] => LoopForms.Run(name),
        ["deep-nesting", var shape] => DeepNesting.Run(shape),
        ["frames", var bodyBytes, var stacks, var part, var parts] =>
            FrameSearch.Run(Number(bodyBytes), Number(stacks), Number(part), Number(parts)),
        ["first-use", var file, var what] => FirstUse.Run(file, what),
        ["scarce-memory"] => ScarceMemory.Run(),
        ["soak", var rounds] => TieringLoad.RunRounds(Number(rounds)),
        ["loops", var from, var count] => ScaledLoop.RunMany(Number(from), Number(count)),
        ["compilations", var from, var count] => CompilerSearch.Run(Number(from), Number(count)),
        ["hold", var stackKiB] => HoldSearch.Run(Number(stackKiB)),
        ["compile-shapes"] => CompilerSearch.RunEach(),
        _ => throw new ArgumentException(
            "loop-form NAME, deep-nesting SHAPE, frames BODY-BYTES STACKS PART PARTS, first-use FILE WHAT, "
            + "loops FROM COUNT, compilations FROM COUNT, hold STACK-KIB, or compile-shapes",
            nameof(arguments)),
    };

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}

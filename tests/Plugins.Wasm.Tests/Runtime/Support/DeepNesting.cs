using System.Diagnostics;
using System.Globalization;
using Plugins.Wasm.Tests.Support;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Wasm.Tests.Runtime.Support;

/// <summary>Functions whose blocks nest, to be compiled and run where there is little stack.</summary>
internal static class DeepNesting
{
    /// <summary>The shapes by name, for a depth.</summary>
    public static IReadOnlyDictionary<string, Action<CodeBuilder, int>> All { get; } =
        new Dictionary<string, Action<CodeBuilder, int>>(StringComparer.Ordinal)
        {
            ["blocks"] = (c, depth) => Nest(c, depth, one => one.Block(), one => one.End()),
            ["blocks that are left"] = (c, depth) => Nest(
                c, depth, one => one.Block().LocalGet(0).BrIf(0), one => one.End()),
            ["loops"] = (c, depth) => Nest(c, depth, one => one.Loop(), one => one.End()),
            ["loops that may go on"] = (c, depth) => Nest(
                c, depth, one => one.Loop(), one => one.LocalGet(0).BrIf(0).End()),
            ["arms"] = (c, depth) => Nest(c, depth, one => one.LocalGet(0).If(), one => one.Else().End()),
            ["arms in arms that are taken"] = (c, depth) => Nest(
                c, depth, one => one.LocalGet(0).If().Else(), one => one.End()),
            ["arms with results"] = (c, depth) => Nest(
                c.LocalGet(0), depth, one => one.If(I32).LocalGet(0), one => one.Else().I32Const(1).End()).Drop(),
            ["a dispatch"] = Dispatch,
        };

    /// <summary>
    /// Compiles and runs a shape at a quarter of the deepest nesting, and at all of it; prints the processor's time for
    /// both in milliseconds.
    /// </summary>
    public static int Run(string name)
    {
        int deepest = ModuleLimits.Default.NestingDepth;
        Measure(name, 10);
        string quarter = Measure(name, deepest / 4);
        Console.Out.WriteLine($"{quarter} {Measure(name, deepest)}");
        return 0;
    }

    private static string Measure(string name, int depth)
    {
        byte[] binary = new ModuleBuilder()
            .Function([], [], export: "run", locals: [I32], code: code => All[name](code, depth)).Build();
        TimeSpan before = ProcessorTime();
        Module module = StackThread.Run(StackThread.Tiny, () => Module.Compile(binary));
        using var store = new Store();
        var instance = new Instance(store, module);
        StackThread.Run(StackThread.Small, () => Outcome(instance));
        return (ProcessorTime() - before).TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture);
    }

    private static bool Outcome(Instance instance)
    {
        instance.Run();
        return true;
    }

    private static TimeSpan ProcessorTime()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }

    private static void Dispatch(CodeBuilder code, int depth)
    {
        code.Loop();
        int blocks = Math.Min(depth - 1, ModuleLimits.Default.BranchTableTargets);
        code.Repeat(blocks, one => one.Block());
        code.LocalGet(0).BrTable(0, [.. Enumerable.Range(0, blocks).Select(label => (uint)label)]);
        code.Repeat(blocks, one => one.End().LocalGet(0).BrIf(0)).End();
    }

    private static CodeBuilder Nest(
        CodeBuilder code, int depth, Action<CodeBuilder> open, Action<CodeBuilder> close) =>
        code.Repeat(depth, open).Repeat(depth, close);
}

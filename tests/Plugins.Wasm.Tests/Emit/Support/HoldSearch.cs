using System.Diagnostics;
using Plugins.Wasm.Tests.Runtime.Support;
using Plugins.Wasm.Tests.Support;

namespace Plugins.Wasm.Tests.Emit.Support;

/// <summary>Measures how long after an interrupt a call ends, for guests that are costly to compile.</summary>
internal static class HoldSearch
{
    private const int Calls = 3;
    private const int ForeverMilliseconds = 100;

    // What hosts allow one function by default.
    private const int MaximumBytes = 1 << 20;

    private static readonly int[] s_sizes = [64, 500, 2_000, 4_000];

    /// <summary>Runs every shape in a few sizes, in tiers; what it returns is the exit code.</summary>
    /// <param name="stackKiB">The stack of the threads that call.</param>
    public static int Run(int stackKiB)
    {
        List<(TimeSpan Late, string What)> all = [];
        foreach ((string name, _) in CompilerShapes.All)
        {
            foreach (int size in s_sizes)
            {
                CompilerInput input = CompilerInput.Of((name, size));
                byte[] binary = input.Build();
                if (binary.Length <= MaximumBytes)
                {
                    all.AddRange(Interrupt(binary, stackKiB).Select(late => (late, input.ToString())));
                }
            }
        }

        all.Sort((one, other) => other.Late.CompareTo(one.Late));
        all.Take(5).ToList().ForEach(one => Console.Out.WriteLine($"{one.Late.TotalMilliseconds:F1} ms: {one.What}"));
        double LateOf(double part) => all[(int)(all.Count * part)].Late.TotalMilliseconds;
        Console.Out.WriteLine(
            $"{all.Count} interrupts, stacks of {stackKiB} KiB, late in ms: {LateOf(0.5):F2} in the median, "
            + $"{LateOf(0.05):F1} or less in 95 of 100, {LateOf(0):F1} at most; peak: {CompilerSearch.PeakMiB} MiB");
        return 0;
    }

    private static IEnumerable<TimeSpan> Interrupt(byte[] binary, int stackKiB)
    {
        Module module = Module.Compile(binary);
        return [.. Enumerable.Repeat(module, Calls)
            .Select(called => StackThread.Run(stackKiB, () => Interrupt(called, stackKiB)))];
    }

    // Each goes on where compiling is: the module stays, and what became hot in one call is compiled during the next.
    private static TimeSpan Interrupt(Module module, int stackKiB)
    {
        using var store = new Store(new StoreOptions { StackBytes = stackKiB * 1024 });
        long interrupted = 0;
        Action run = new Instance(store, module, new Imports()).GetFunction("run").CreateDelegate<Action>();
        using var timer = new Timer(
            _ =>
            {
                interrupted = Stopwatch.GetTimestamp();
                store.Interrupt();
            },
            null,
            ForeverMilliseconds,
            Timeout.Infinite);
        while (true)
        {
            try
            {
                run();
            }
            catch (TrapException trap)
            {
                if (trap.Kind == TrapKind.Interrupted)
                {
                    return Stopwatch.GetElapsedTime(interrupted);
                }
            }
        }
    }
}

using System.Runtime.InteropServices;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Support;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Wasm.Tests.Runtime.Tiering;

/// <summary>A process that has no address space left for the stack of another thread.</summary>
internal static partial class ScarceMemory
{
    private const int AddressSpace = 9; // RLIMIT_AS of Linux

    // Less than a thread that compiles takes, more than the call needs.
    private const ulong Left = 12 << 20;

    private const int Rounds = 2_000_000;
    private const int Expected = unchecked((int)((long)Rounds * (Rounds + 1) / 2));

    /// <summary>Has a guest become hot there; what it returns is 0 if the call gave its result all the same.</summary>
    public static int Run()
    {
        int Sum(int rounds) => new Instance(new Store(), Compile()).GetFunction("sum")
            .CreateDelegate<Func<int, int>>()(rounds);

        // Whatever the runtime needs for it is there then, but nothing is hot.
        _ = Sum(10);
        GC.Collect();
        ulong bytes = Size() + Left;
        var limit = new ResourceLimit(bytes, bytes);
        if (SetLimit(AddressSpace, in limit) != 0)
        {
            return 2;
        }

        int sum = Sum(Rounds);
        Console.Out.WriteLine($"{sum} with {Threads()} threads that compile");
        return sum == Expected && Threads() == 0 ? 0 : 1;
    }

    private static int Threads() => Directory.EnumerateDirectories("/proc/self/task")
        .Select(thread => File.ReadAllText(Path.Combine(thread, "comm")))
        .Count(name => name.StartsWith("Plugins.Wasm", StringComparison.Ordinal));

    private static Module Compile() => Module.Compile(
        new ModuleBuilder()
            .Function([I32], [I32], export: "sum", locals: [I32], code: code => code.Loop()
                .LocalGet(1).LocalGet(0).Op(Opcode.I32Add).LocalSet(1)
                .LocalGet(0).I32Const(1).Op(Opcode.I32Sub).LocalTee(0).BrIf(0).End()
                .LocalGet(1))
            .Build());

    private static ulong Size()
    {
        string pages = File.ReadAllText("/proc/self/statm").Split(' ')[0];
        return ulong.Parse(pages, null) * (ulong)Environment.SystemPageSize;
    }

    [LibraryImport("libc", EntryPoint = "setrlimit")]
    private static partial int SetLimit(int resource, in ResourceLimit limit);

    private readonly record struct ResourceLimit(ulong Current, ulong Maximum);
}

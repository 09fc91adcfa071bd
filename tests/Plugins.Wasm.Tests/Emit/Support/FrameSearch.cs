using System.Runtime.CompilerServices;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Diagnostics;
using Plugins.Wasm.Tests.Runtime.Support;
using Plugins.Wasm.Tests.Support;
using Plugins.Wasm.Types;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Wasm.Tests.Emit.Support;

/// <summary>
/// Enters functions of every shape at every depth of a recursion, on threads of all sizes, until the stack is used up.
/// An overflow ends the process; so does nothing else.
/// </summary>
internal static class FrameSearch
{
    /// <summary>What a function may take that is entered without looking whether it fits.</summary>
    private const int UncheckedBytes = 48 * 1024;

    private const uint Victim = 2, Down = 3;

    private static readonly ModuleOptions s_compiled = new() { Mode = ExecutionMode.Compiled };
    private static readonly int[] s_stacksKiB = [128, 192, 256, 384, 512, 1_024, 8 * 1_024];

    [ThreadStatic]
    private static nuint t_noted;

    /// <summary>Searches with bodies of a size, and prints each shape; what it returns is the exit code.</summary>
    /// <param name="bodyBytes">About how large the functions are.</param>
    /// <param name="stacks">How many of the stacks, the smallest first.</param>
    /// <param name="part">One shape of <paramref name="parts"/> is tried, this one and each that far behind it.</param>
    /// <param name="parts">1 for all.</param>
    public static int Run(int bodyBytes, int stacks, int part, int parts)
    {
        int failures = 0;
        int largest = 0;
        int number = 0;
        foreach ((string name, Action<CodeBuilder> write) in FrameShapes.All())
        {
            if (number++ % parts == part)
            {
                Console.Out.Write($"{name}: ");
                Console.Out.Flush();
                failures += Try(write, bodyBytes, s_stacksKiB.AsSpan(0, stacks), ref largest) ? 0 : 1;
            }
        }

        Console.Out.WriteLine($"{number} shapes, {failures} failures, largest frame {largest} bytes");
        return failures == 0 ? 0 : 1;
    }

    private static bool Try(Action<CodeBuilder> write, int bodyBytes, ReadOnlySpan<int> stacksKiB, ref int largest)
    {
        Module module;
        try
        {
            module = Module.Compile(Build(write, bodyBytes), s_compiled);
        }
        catch (ModuleLimitException refusal)
        {
            Console.Out.WriteLine(refusal.Limit);
            return true;
        }

        bool isCompiled = module.Functions[(int)Victim - 1].Tier != CompilationTier.Interpreted;
        int frame = StackThread.Run(StackThread.Huge, () => FrameOf(module));
        Console.Out.WriteLine($"{(isCompiled ? "compiled" : "interpreted")} {frame}");
        largest = isCompiled ? Math.Max(largest, frame) : largest;
        bool isRight = !isCompiled || frame <= UncheckedBytes;
        foreach (int stackKiB in stacksKiB)
        {
            TrapKind? trap = StackThread.TrapOf(stackKiB, () => Instantiate(module, 64 << 20).Run("down"));
            if (trap != TrapKind.CallStackExhausted)
            {
                Console.Out.WriteLine($"  {stackKiB} KiB: {trap}");
                isRight = false;
            }
        }

        return isRight;
    }

    /// <summary>Bytes between the stack pointers of a function's caller and of what it calls.</summary>
    private static int FrameOf(Module module)
    {
        Instance instance = Instantiate(module, 128 << 20);
        instance.Run("note");
        nuint above = t_noted;
        instance.Run("enter");
        return (int)(above - t_noted);
    }

    private static Instance Instantiate(Module module, int stackBytes)
    {
        var store = new Store(new StoreOptions { StackBytes = stackBytes, CallDepth = int.MaxValue });
        return new Instance(store, module, new Imports().Add("host", "note", (Action)Note));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static unsafe void Note()
    {
        byte here;
        t_noted = (nuint)(&here);
    }

    // The victim is entered but, its argument being 0, does nothing else.
    private static byte[] Build(Action<CodeBuilder> write, int bodyBytes)
    {
        ValueKind[] wide = [.. Enumerable.Repeat(I64, FrameShapes.Width)];
        ValueKind[] vectors = [.. Enumerable.Repeat(V128, FrameShapes.Width)];
        byte[] once = CodeBuilder.Bytes(write);
        int times = Math.Max(1, bodyBytes / once.Length);
        return new ModuleBuilder()
            .Type(wide, wide)
            .Type([], [])
            .Type(vectors, vectors)
            .ImportFunction("host", "note", [], [])
            .Memory(1)
            .Table(2)
            .Elements(0, FrameShapes.Wide, FrameShapes.WideVectors)
            .Function(wide, wide, c => Numbers(c))
            .Function(
                [I32],
                [],
                c => c.Call(0).LocalGet(0).If().Raw(Repeated(once, times)).End(),
                [.. FrameShapes.LocalKinds])
            .Function([], [], c => c.I32Const(0).Call(Victim).Call(Down), export: "down")
            .Function([], [], c => c.Call(0), export: "note")
            .Function([], [], c => c.I32Const(0).Call(Victim), export: "enter")
            .Function(vectors, vectors, c => Numbers(c))
            .Build();
    }

    private static CodeBuilder Numbers(CodeBuilder code)
    {
        for (uint i = 0; i < FrameShapes.Width; i++)
        {
            code.LocalGet(i);
        }

        return code;
    }

    private static byte[] Repeated(byte[] once, int times) =>
        [.. Enumerable.Repeat(once, times).SelectMany(bytes => bytes)];
}

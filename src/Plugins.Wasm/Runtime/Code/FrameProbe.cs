using System.Runtime.CompilerServices;

namespace Plugins.Wasm.Runtime.Code;

/// <summary>Finds out how much stack a compiled function's frame takes, by entering it where there is enough.</summary>
internal static unsafe class FrameProbe
{
    /// <summary>What a thread needs to begin, to compile a function, and to end.</summary>
    private const int ThreadBytes = 1 << 20;

    /// <summary>What a function's caller may have below its local, and the measuring thread's has not.</summary>
    private const int MarginBytes = 512;

    /// <summary>The stack pointer that the function noted.</summary>
    [ThreadStatic]
    private static nuint t_noted;

    /// <summary>Called by a function that is entered to be measured.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void Note()
    {
        byte here;
        t_noted = (nuint)(&here);
    }

    /// <summary>The bytes between a thread's stack pointer and that of a function it enters.</summary>
    /// <param name="enter">Enters the function, which calls <see cref="Note"/> and returns.</param>
    /// <param name="boundBytes">More than its frame takes.</param>
    /// <returns>Null if there is no memory for a stack of that size.</returns>
    internal static int? Measure(Action enter, int boundBytes)
    {
        int bytes = 0;
        Thread? thread = DeepThread.TryStart(
            () => bytes = MeasureHere(enter), boundBytes + ThreadBytes, "Plugins.Wasm frames");
        thread?.Join();
        return thread is null ? null : bytes;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int MeasureHere(Action enter)
    {
        byte here;
        enter();
        return (int)((nuint)(&here) - t_noted) + MarginBytes;
    }
}

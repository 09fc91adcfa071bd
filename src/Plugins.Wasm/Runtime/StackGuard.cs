using System.Runtime.CompilerServices;

namespace Plugins.Wasm.Runtime;

/// <summary>Keeps nested calls within a budget of native stack, on any thread.</summary>
/// <remarks>
/// Compiled functions compare the stack pointer with <see cref="Store.StackLimit"/>. Below that limit the runtime's own
/// reserve (128 KiB on 64-bit systems) is known to be free, which is enough for the frame of any function that is not
/// counted in advance, for what it calls in this assembly, and for throwing. The limit is lowered a slice at a time,
/// because the bounds of a thread's stack are not something the base library tells.
/// </remarks>
internal static class StackGuard
{
    /// <summary>How far the limit is lowered at once, in bytes.</summary>
    private const nuint Slice = 32 * 1024;

    private const int ProbeBytes = 16 * 1024;

    /// <summary>
    /// The lowest address of this thread's stack that was found to have the reserve below it; 0 at first.
    /// </summary>
    [ThreadStatic]
    private static nuint t_knownFree;

    /// <summary>Starts a budget at the current stack pointer.</summary>
    internal static unsafe void Begin(Store store)
    {
        byte here;
        nuint stackPointer = (nuint)(&here);
        nuint budget = (nuint)store.Options.StackBytes;
        store.StackFloor = stackPointer > budget ? stackPointer - budget : 0;
        nuint known = t_knownFree;
        nuint limit = known != 0 && known < stackPointer ? known : stackPointer;
        store.PublishStackLimit(limit > store.StackFloor ? limit : store.StackFloor);
    }

    /// <summary>Called by a function whose stack pointer is below the limit, or that has been interrupted.</summary>
    /// <param name="store">The function's store.</param>
    /// <param name="frame">Bytes its frame will need that its stack pointer does not show yet.</param>
    /// <exception cref="TrapException">
    /// The budget or the thread's stack is used up, or an interrupt was requested.
    /// </exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static unsafe void Extend(Store store, int frame)
    {
        store.ThrowIfInterrupted();
        byte here;
        nuint stackPointer = (nuint)(&here);
        nuint needed = (nuint)frame + Slice;
        if (stackPointer < store.StackFloor + (nuint)frame || !IsFree(needed))
        {
            throw new TrapException(TrapKind.CallStackExhausted);
        }

        nuint limit = stackPointer - needed;
        t_knownFree = t_knownFree == 0 || limit < t_knownFree ? limit : t_knownFree;
        store.PublishStackLimit(limit > store.StackFloor ? limit : store.StackFloor);
    }

    /// <summary>Whether the runtime's reserve would still be free that many bytes further down.</summary>
    private static bool IsFree(nuint bytes) =>
        RuntimeHelpers.TryEnsureSufficientExecutionStack()
        && (bytes == 0 || IsFreeBelowProbe(bytes > ProbeBytes ? bytes - ProbeBytes : 0));

    /// <summary>Takes up stack, which the check above it has shown to be there, and asks again from below.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    [SkipLocalsInit]
    private static unsafe bool IsFreeBelowProbe(nuint bytes)
    {
        byte* probe = stackalloc byte[ProbeBytes];
        *probe = 0;
        return IsFree(bytes) && *probe == 0;
    }
}

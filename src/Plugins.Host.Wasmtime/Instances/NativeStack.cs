using System.Runtime.CompilerServices;

namespace Plugins.Host.Wasmtime.Instances;

/// <summary>Tells whether a thread has enough stack for native code, which does not ask itself.</summary>
/// <remarks>
/// The bounds of a thread's stack are nothing the base library tells, but it tells whether a reserve (128 KiB on 64-bit
/// systems) is free. So stack is taken up in pieces that were found to be free, and asked again from below. What is
/// known of a thread is remembered.
/// </remarks>
internal static class NativeStack
{
    private const int ProbeBytes = 16 * 1024;

    /// <summary>The lowest address of this thread's stack found to have the reserve below it; 0 at first.</summary>
    [ThreadStatic]
    private static nuint t_knownFree;

    /// <summary>Whether the reserve would still be free after that many bytes.</summary>
    internal static unsafe bool HasRoom(int bytes)
    {
        byte here;
        var lowest = (nuint)(&here) - (nuint)bytes;
        if (t_knownFree != 0 && t_knownFree <= lowest)
        {
            return true;
        }

        if (!IsFree(bytes))
        {
            return false;
        }

        t_knownFree = lowest;
        return true;
    }

    private static bool IsFree(int bytes) =>
        RuntimeHelpers.TryEnsureSufficientExecutionStack()
        && (bytes <= 0 || IsFreeBelowProbe(bytes - ProbeBytes));

    [MethodImpl(MethodImplOptions.NoInlining)]
    [SkipLocalsInit]
    private static unsafe bool IsFreeBelowProbe(int bytes)
    {
        var probe = stackalloc byte[ProbeBytes];
        *probe = 0;
        return IsFree(bytes) && *probe == 0;
    }
}

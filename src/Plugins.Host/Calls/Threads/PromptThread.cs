using System.Runtime.InteropServices;

namespace Plugins.Host.Calls.Threads;

/// <summary>Asks the system to let a thread run soon after it wakes, however busy the processors are.</summary>
/// <remarks>
/// For a thread that works little and seldom. What the system refuses, or does not know, changes nothing.
/// </remarks>
internal static partial class PromptThread
{
    // The shortest that Linux grants: kernel/sched/syscalls.c.
    private const ulong SliceNanoseconds = 100_000;

    private const uint OrdinaryPolicy = 0;

    /// <summary>
    /// The slice of time that the calling thread asks Linux for, in nanoseconds; null where that is not known.
    /// </summary>
    internal static ulong? Slice => TryGet(out var attributes) ? attributes.Runtime : null;

    /// <summary>Asks for the calling thread.</summary>
    internal static void Begin()
    {
        if (OperatingSystem.IsWindows())
        {
            Thread.CurrentThread.Priority = ThreadPriority.Highest;
        }
        else if (TryGet(out var attributes) && attributes.Policy == OrdinaryPolicy)
        {
            // Who asks for shorter slices gets them sooner, and not more of them: from Linux 6.12 on, without a right
            // to ask for. The rest stays as it is, the thread's niceness above all.
            attributes.Runtime = SliceNanoseconds;
            _ = Call(Numbers.Set, 0, ref attributes, 0, 0);
        }
    }

    private static bool TryGet(out Attributes attributes)
    {
        attributes = new Attributes { Size = (uint)Marshal.SizeOf<Attributes>() };
        return OperatingSystem.IsLinux()
            && Numbers.Get > 0
            && Call(Numbers.Get, 0, ref attributes, attributes.Size, 0) == 0;
    }

    // Of sched_setattr and sched_getattr, for which libraries have no functions: asm/unistd.h.
    private static (nint Set, nint Get) Numbers => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => (314, 315),
        Architecture.Arm64 => (274, 275),
        _ => default,
    };

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial nint Call(nint number, nint thread, ref Attributes attributes, nuint size, nuint flags);

    /// <summary>struct sched_attr, in its first version: sched_setattr(2).</summary>
    private struct Attributes
    {
        public uint Size;
        public uint Policy;
        public ulong Flags;
        public int Nice;
        public uint Priority;
        public ulong Runtime;
        public ulong Deadline;
        public ulong Period;
    }
}

using System.Runtime.InteropServices;

namespace Plugins.Benchmarks.Real;

/// <summary>Time that processors worked, which other work on the machine changes less than time that passed.</summary>
internal static partial class ProcessorTime
{
    private const int OfProcess = 2;
    private const int OfThread = 3;

    /// <summary>Nanoseconds of the calling thread.</summary>
    internal static long Thread => Read(OfThread);

    /// <summary>Nanoseconds of all threads of the process.</summary>
    internal static long Process => Read(OfProcess);

    private static long Read(int clock)
    {
        int error = GetTime(clock, out TimeSpec time);
        return error == 0 ? (time.Seconds * 1_000_000_000) + time.Nanoseconds : throw new NotSupportedException();
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetTime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        internal long Seconds;
        internal long Nanoseconds;
    }
}

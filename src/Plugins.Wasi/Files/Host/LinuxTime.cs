using System.Runtime.InteropServices;
using Plugins.Wasi.Clocks;

namespace Plugins.Wasi.Files.Host;

/// <summary>A time as <c>statx</c> gives it, and as <c>utimensat</c> takes it on 64-bit systems.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct LinuxTime
{
    private const long NowMark = 0x3fffffff;
    private const long KeepMark = 0x3ffffffe;

    internal long Seconds;
    internal long Nanoseconds;

    internal static LinuxTime Of(TimeChange change) => change switch
    {
        { IsNow: true } => new LinuxTime { Nanoseconds = NowMark },
        { IsSet: true } => new LinuxTime
        {
            Seconds = (long)(change.Nanoseconds / UnixTime.NanosecondsPerSecond),
            Nanoseconds = (long)(change.Nanoseconds % UnixTime.NanosecondsPerSecond),
        },
        _ => new LinuxTime { Nanoseconds = KeepMark },
    };

    // The upper half of the second field is padding in what statx gives. Times before 1970 are 0.
    internal readonly ulong ToNanoseconds() =>
        Seconds < 0 ? 0 : ((ulong)Seconds * UnixTime.NanosecondsPerSecond) + (uint)Nanoseconds;
}

using System.Runtime.InteropServices;

namespace Plugins.Wasi.Files.Host;

/// <summary>Error numbers of Linux, which are the same on both processors.</summary>
internal static class LinuxError
{
    internal const int NotPermitted = 1;
    internal const int NoEntry = 2;
    internal const int Interrupted = 4;
    internal const int TryAgain = 11;
    internal const int Invalid = 22;
    internal const int NoSystemCall = 38;

    internal static FileError Last => Of(Marshal.GetLastPInvokeError());

    internal static FileError Of(int number) => number switch
    {
        1 => FileError.NotPermitted,
        2 => FileError.NoEntry,
        4 => FileError.Interrupted,
        9 => FileError.BadDescriptor,
        11 => FileError.WouldBlock,
        12 => FileError.NoMemory,
        13 => FileError.Access,
        16 => FileError.Busy,
        17 => FileError.Exists,
        18 => FileError.CrossDevice,
        20 => FileError.NotDirectory,
        21 => FileError.IsDirectory,
        22 => FileError.Invalid,
        23 or 24 => FileError.TooManyOpen,
        26 => FileError.TextBusy,
        27 => FileError.TooLarge,
        28 => FileError.NoSpace,
        30 => FileError.ReadOnly,
        31 => FileError.TooManyLinks,
        36 => FileError.NameTooLong,
        39 => FileError.NotEmpty,
        40 => FileError.Loop,
        75 => FileError.Overflow,
        84 => FileError.IllegalBytes,
        95 => FileError.NotSupported,
        122 => FileError.Quota,
        _ => FileError.Io,
    };
}

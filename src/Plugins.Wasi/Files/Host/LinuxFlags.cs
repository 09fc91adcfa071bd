using System.Runtime.InteropServices;

namespace Plugins.Wasi.Files.Host;

/// <summary>Numbers of Linux's interface. Some differ between processors.</summary>
internal static class LinuxFlags
{
    internal const int ReadOnly = 0;
    internal const int WriteOnly = 1;
    internal const int ReadWrite = 2;
    internal const int Create = 0x40;
    internal const int Exclusive = 0x80;
    internal const int NoTerminal = 0x100;
    internal const int Truncate = 0x200;
    internal const int Append = 0x400;
    internal const int NonBlocking = 0x800;
    internal const int CloseOnExec = 0x80000;
    internal const int PathOnly = 0x200000;
    internal const int SymbolicLinkNoFollow = 0x100;
    internal const int RemoveDirectory = 0x200;
    internal const int EmptyPath = 0x1000;
    internal const int GetFlags = 3;
    internal const int SetFlags = 4;
    internal const int OpenBeneathCall = 437;

    // RESOLVE_NO_MAGICLINKS and RESOLVE_BENEATH.
    internal const ulong Beneath = 0x02 | 0x08;

    internal static readonly int Directory = IsArm ? 0x4000 : 0x10000;
    internal static readonly int NoFollow = IsArm ? 0x8000 : 0x20000;
    internal static readonly int ListCall = IsArm ? 61 : 217;

    /// <summary>Whether host directories can be given here at all.</summary>
    internal static bool IsSupported { get; } = OperatingSystem.IsLinux()
        && RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm64;

    private static bool IsArm => RuntimeInformation.ProcessArchitecture == Architecture.Arm64;
}

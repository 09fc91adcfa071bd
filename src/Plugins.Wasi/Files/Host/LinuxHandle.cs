using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Plugins.Wasi.Files.Host;

/// <summary>What is done by the handle of a directory and a name.</summary>
internal static unsafe class LinuxHandle
{
    private const int MaximumTries = 16;
    private static bool s_lacksOpenBeneath;

    /// <summary>For tests: whether the kernel's own way is left alone.</summary>
    internal static bool AvoidsOpenBeneath { get; set; }

    internal static bool HasOpenBeneath => !AvoidsOpenBeneath && !Volatile.Read(ref s_lacksOpenBeneath);

    internal static FileError OpenHere(string path, out SafeFileHandle? handle) =>
        Take(LinuxCalls.Open(path, LinuxFlags.Directory | LinuxFlags.CloseOnExec, 0), out handle);

    /// <summary>Opens a single name, which is never followed if it is a link.</summary>
    internal static FileError OpenName(SafeFileHandle parent, string name, int flags, out SafeFileHandle? handle)
    {
        var all = flags | LinuxFlags.NoFollow | LinuxFlags.CloseOnExec;
        int result;
        do
        {
            result = LinuxCalls.OpenAt(parent, name, all, 0x1b6);
        }
        while (result < 0 && Marshal.GetLastPInvokeError() == LinuxError.Interrupted);

        return Take(result, out handle);
    }

    /// <summary>Lets the kernel open the directory at a path, beneath another.</summary>
    /// <returns>False where the kernel cannot, or was kept busy by renames: then the path is to be walked.</returns>
    internal static bool TryOpenBeneath(
        SafeFileHandle start, string path, out FileError error, out SafeFileHandle? handle)
    {
        var how = new OpenHow
        {
            Flags = (ulong)(LinuxFlags.PathOnly | LinuxFlags.Directory | LinuxFlags.CloseOnExec),
            Resolve = LinuxFlags.Beneath,
        };
        error = FileError.None;
        handle = null;
        for (var tries = 0; tries < MaximumTries; tries++)
        {
            var result = (int)LinuxCalls.OpenBeneath(
                LinuxFlags.OpenBeneathCall, start, path, &how, (nuint)sizeof(OpenHow));
            switch (result < 0 ? Marshal.GetLastPInvokeError() : 0)
            {
                case LinuxError.Interrupted or LinuxError.TryAgain:
                    continue;

                // Old kernels, and filters of system calls that do not know it.
                case LinuxError.NoSystemCall or LinuxError.NotPermitted:
                    Volatile.Write(ref s_lacksOpenBeneath, true);
                    return false;
                default:
                    error = Take(result, out handle);
                    error = error == FileError.CrossDevice ? FileError.NotPermitted : error;
                    return true;
            }
        }

        return false;
    }

    /// <summary>Tells of a name without following it, or of the handle itself if it is empty.</summary>
    internal static FileError Stat(SafeFileHandle directory, string name, out LinuxStat stat)
    {
        LinuxStat result;
        var flags = LinuxFlags.SymbolicLinkNoFollow | (name.Length == 0 ? LinuxFlags.EmptyPath : 0);
        var error = Told(LinuxCalls.Stat(directory, name, flags, LinuxStat.BasicMask, &result));
        stat = error == FileError.None ? result : default;
        return error;
    }

    internal static FileError SetTimes(SafeFileHandle handle, TimeChange accessed, TimeChange modified)
    {
        var times = stackalloc LinuxTime[] { LinuxTime.Of(accessed), LinuxTime.Of(modified) };
        return Told(LinuxCalls.SetTimes(handle, times));
    }

    internal static FileError Sync(SafeFileHandle handle, bool dataOnly) =>
        Told(dataOnly ? LinuxCalls.SyncData(handle) : LinuxCalls.Sync(handle));

    internal static FileError Told(int result) => result == 0 ? FileError.None : LinuxError.Last;

    private static FileError Take(int result, out SafeFileHandle? handle)
    {
        var error = result < 0 ? LinuxError.Last : FileError.None;
        handle = result < 0 ? null : new SafeFileHandle(result, ownsHandle: true);
        return error;
    }
}

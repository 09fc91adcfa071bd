using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Plugins.Wasi.Files.Host;

internal sealed unsafe class LinuxFile(SafeFileHandle handle) : OpenFile
{
    public override void Dispose() => handle.Dispose();

    internal override FileError Stat(out FileStat stat)
    {
        var error = LinuxHandle.Stat(handle, string.Empty, out var found);
        stat = found.ToStat();
        return error;
    }

    internal override FileError SetTimes(TimeChange accessed, TimeChange modified) =>
        LinuxHandle.SetTimes(handle, accessed, modified);

    internal override FileError Sync(bool dataOnly) => LinuxHandle.Sync(handle, dataOnly);

    internal override FileError Read(Span<byte> target, ulong position, out int count)
    {
        count = 0;
        if (position > long.MaxValue)
        {
            return FileError.Invalid;
        }

        nint result;
        fixed (byte* start = target)
        {
            do
            {
                result = LinuxCalls.Read(handle, start, (nuint)target.Length, (long)position);
            }
            while (result < 0 && Marshal.GetLastPInvokeError() == LinuxError.Interrupted);
        }

        count = (int)Math.Max(result, 0);
        return result < 0 ? LinuxError.Last : FileError.None;
    }

    internal override FileError Write(ReadOnlySpan<byte> source, ulong position, out int count)
    {
        count = 0;
        if (position > long.MaxValue)
        {
            return FileError.Invalid;
        }

        nint result;
        fixed (byte* start = source)
        {
            do
            {
                result = LinuxCalls.Write(handle, start, (nuint)source.Length, (long)position);
            }
            while (result < 0 && Marshal.GetLastPInvokeError() == LinuxError.Interrupted);
        }

        count = (int)Math.Max(result, 0);
        return result < 0 ? LinuxError.Last : FileError.None;
    }

    internal override FileError SetSize(ulong size) =>
        size > long.MaxValue ? FileError.Invalid : LinuxHandle.Told(LinuxCalls.SetSize(handle, (long)size));

    // With the flag, the kernel appends whatever the position, and does so in one step.
    internal override FileError SetAppend(bool appends)
    {
        var flags = LinuxCalls.Control(handle, LinuxFlags.GetFlags, 0);
        if (flags < 0)
        {
            return LinuxError.Last;
        }

        var changed = appends ? flags | LinuxFlags.Append : flags & ~LinuxFlags.Append;
        return LinuxHandle.Told(LinuxCalls.Control(handle, LinuxFlags.SetFlags, changed));
    }
}

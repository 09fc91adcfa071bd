using Plugins.Wasi.Files;

namespace Plugins.Wasi.Preview1;

/// <summary>Reading and writing, and where.</summary>
internal static class FileFunctions
{
    internal const FdFlags AllFlags =
        FdFlags.Append | FdFlags.DataSync | FdFlags.NonBlocking | FdFlags.ReadSync | FdFlags.Sync;

    private const uint LastAdvice = 5;

    internal static Errno FdRead(in GuestCall call)
    {
        var target = call.FirstRange(1);
        int count;
        switch (call.Descriptors.Find(call.UInt32(0)))
        {
            case FileDescriptor file:
                var error = file.File.Read(target, file.Position, out count);
                if (error != FileError.None)
                {
                    return error.ToErrno();
                }

                file.Position += (ulong)count;
                break;
            case InputDescriptor input:
                if (!TryRead(call, input.Input, target, out count))
                {
                    return Errno.Io;
                }

                break;
            default:
                return Errno.Badf;
        }

        call.Charge(count);
        call.WriteUInt32(call.UInt32(3), (uint)count);
        return Errno.Success;
    }

    internal static Errno FdPread(in GuestCall call)
    {
        var target = call.FirstRange(1);
        if (call.Descriptors.Find(call.UInt32(0)) is not FileDescriptor file)
        {
            return call.Descriptors.Find(call.UInt32(0)) is InputDescriptor ? Errno.Spipe : Errno.Badf;
        }

        var error = file.File.Read(target, call.UInt64(3), out var count);
        if (error == FileError.None)
        {
            call.Charge(count);
            call.WriteUInt32(call.UInt32(4), (uint)count);
        }

        return error.ToErrno();
    }

    internal static Errno FdWrite(in GuestCall call)
    {
        var source = call.FirstRange(1);
        int count;
        switch (call.Descriptors.Find(call.UInt32(0)))
        {
            case FileDescriptor file:
                var error = file.File.Write(source, file.Position, file.Appends, out count);
                if (error == FileError.None)
                {
                    error = Advance(file, count);
                }

                if (error != FileError.None)
                {
                    return error.ToErrno();
                }

                call.Charge(count);
                break;
            case OutputDescriptor output:
                call.Charge(source.Length);
                count = source.Length;
                if (!TryWrite(call, output.Output, source))
                {
                    return Errno.Io;
                }

                break;
            default:
                return Errno.Badf;
        }

        call.WriteUInt32(call.UInt32(3), (uint)count);
        return Errno.Success;
    }

    internal static Errno FdPwrite(in GuestCall call)
    {
        var source = call.FirstRange(1);
        if (call.Descriptors.Find(call.UInt32(0)) is not FileDescriptor file)
        {
            return call.Descriptors.Find(call.UInt32(0)) is OutputDescriptor ? Errno.Spipe : Errno.Badf;
        }

        var error = file.File.Write(source, call.UInt64(3), file.Appends, out var count);
        if (error == FileError.None)
        {
            call.Charge(count);
            call.WriteUInt32(call.UInt32(4), (uint)count);
        }

        return error.ToErrno();
    }

    internal static Errno FdSeek(in GuestCall call)
    {
        const uint set = 0;
        const uint current = 1;
        const uint end = 2;
        var whence = call.UInt32(2);
        if (whence > end)
        {
            return Errno.Inval;
        }

        if (FindSeekable(call, out var file) is var refusal && refusal != Errno.Success)
        {
            return refusal;
        }

        var start = whence == current ? file!.Position : 0;
        if (whence == end)
        {
            var error = file!.File.Stat(out var stat);
            if (error != FileError.None)
            {
                return error.ToErrno();
            }

            start = stat.Size;
        }

        var position = (Int128)start + (long)call.UInt64(1);
        if (position < 0 || position > (whence == set ? long.MaxValue : ulong.MaxValue))
        {
            return Errno.Inval;
        }

        file!.Position = (ulong)position;
        call.WriteUInt64(call.UInt32(3), file.Position);
        return Errno.Success;
    }

    internal static Errno FdTell(in GuestCall call)
    {
        if (FindSeekable(call, out var file) is var refusal && refusal != Errno.Success)
        {
            return refusal;
        }

        call.WriteUInt64(call.UInt32(1), file!.Position);
        return Errno.Success;
    }

    /// <summary>Advice is checked, and not needed.</summary>
    internal static Errno FdAdvise(in GuestCall call) =>
        call.UInt32(3) > LastAdvice ? Errno.Inval
        : call.Descriptors.Find(call.UInt32(0)) is not FileDescriptor ? Errno.Badf
        : Errno.Success;

    /// <summary>Not every system could keep the promise that it makes.</summary>
    internal static Errno FdAllocate(in GuestCall call) =>
        call.Descriptors.Find(call.UInt32(0)) is FileDescriptor ? Errno.Notsup : Errno.Badf;

    internal static Errno FdDatasync(in GuestCall call) => Sync(call, dataOnly: true);

    internal static Errno FdSync(in GuestCall call) => Sync(call, dataOnly: false);

    internal static Errno FdFilestatSetSize(in GuestCall call) =>
        call.Descriptors.Find(call.UInt32(0)) is FileDescriptor file
            ? file.File.SetSize(call.UInt64(1)).ToErrno()
            : Errno.Badf;

    private static Errno Sync(in GuestCall call, bool dataOnly) =>
        call.Descriptors.Find(call.UInt32(0)) is FileDescriptor file
            ? file.File.Sync(dataOnly).ToErrno()
            : Errno.Badf;

    private static FileError Advance(FileDescriptor file, int count)
    {
        if (!file.Appends)
        {
            file.Position += (ulong)count;
            return FileError.None;
        }

        var error = file.File.Stat(out var stat);
        file.Position = error == FileError.None ? stat.Size : file.Position;
        return error;
    }

    private static Errno FindSeekable(in GuestCall call, out FileDescriptor? file)
    {
        var descriptor = call.Descriptors.Find(call.UInt32(0));
        file = descriptor as FileDescriptor;
        return file is not null ? Errno.Success
            : descriptor is InputDescriptor or OutputDescriptor ? Errno.Spipe
            : Errno.Badf;
    }

    private static bool TryRead(in GuestCall call, WasiInput input, Span<byte> target, out int count)
    {
        count = 0;
        try
        {
            count = target.IsEmpty ? 0 : input.Read(target, call.Guest);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static bool TryWrite(in GuestCall call, WasiOutput output, ReadOnlySpan<byte> source)
    {
        try
        {
            output.Write(source, call.Guest);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}

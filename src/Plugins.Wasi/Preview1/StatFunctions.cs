using System.Buffers.Binary;
using Plugins.Wasi.Files;

namespace Plugins.Wasi.Preview1;

/// <summary>What is known of files, and their times.</summary>
internal static class StatFunctions
{
    private const uint FilestatBytes = 64;
    private const ulong Device = 1;
    private const uint Follow = 1;

    internal static Errno FdFilestatGet(in GuestCall call)
    {
        var stat = default(FileStat);
        var error = FileError.None;
        switch (call.Descriptors.Find(call.UInt32(0)))
        {
            case FileDescriptor file:
                error = file.File.Stat(out stat);
                break;
            case DirectoryDescriptor directory:
                error = directory.Directory.Stat(out stat);
                break;
            case InputDescriptor or OutputDescriptor:
                call.Memory(call.UInt32(1), FilestatBytes, 8).Clear();
                return Errno.Success;
            default:
                return Errno.Badf;
        }

        return error == FileError.None ? Write(call, call.UInt32(1), stat) : error.ToErrno();
    }

    internal static Errno PathFilestatGet(in GuestCall call)
    {
        if (call.UInt32(1) > Follow)
        {
            return Errno.Inval;
        }

        if (PathFunctions.Find(call, 0, 2, out var directory, out var path) is var refusal && refusal != Errno.Success)
        {
            return refusal;
        }

        var error = directory!.StatAt(path, call.UInt32(1) == Follow, out var stat);
        return error == FileError.None ? Write(call, call.UInt32(4), stat) : error.ToErrno();
    }

    internal static Errno FdFilestatSetTimes(in GuestCall call)
    {
        if (!TryReadTimes(call, 1, out var accessed, out var modified))
        {
            return Errno.Inval;
        }

        return call.Descriptors.Find(call.UInt32(0)) switch
        {
            FileDescriptor file => file.File.SetTimes(accessed, modified).ToErrno(),
            DirectoryDescriptor directory => directory.Directory.SetTimes(accessed, modified).ToErrno(),
            _ => Errno.Badf,
        };
    }

    internal static Errno PathFilestatSetTimes(in GuestCall call)
    {
        if (call.UInt32(1) > Follow || !TryReadTimes(call, 4, out var accessed, out var modified))
        {
            return Errno.Inval;
        }

        var refusal = PathFunctions.Find(call, 0, 2, out var directory, out var path);
        return refusal != Errno.Success
            ? refusal
            : directory!.SetTimesAt(path, call.UInt32(1) == Follow, accessed, modified).ToErrno();
    }

    private static bool TryReadTimes(
        in GuestCall call, int argument, out TimeChange accessed, out TimeChange modified)
    {
        const uint known = 15;
        var flags = call.UInt32(argument + 2);
        modified = default;
        return TryReadTime(flags, call.UInt64(argument), out accessed)
            && TryReadTime(flags >> 2, call.UInt64(argument + 1), out modified)
            && (flags & ~known) == 0;
    }

    private static bool TryReadTime(uint flags, ulong time, out TimeChange change)
    {
        change = (flags & 3) switch
        {
            1 => TimeChange.To(time),
            2 => TimeChange.Now,
            _ => default,
        };
        return (flags & 3) != 3;
    }

    private static Errno Write(in GuestCall call, uint address, in FileStat stat)
    {
        var memory = call.Memory(address, FilestatBytes, 8);
        memory.Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(memory, Device);
        BinaryPrimitives.WriteUInt64LittleEndian(memory[8..], stat.Inode);
        memory[16] = FileTypes.Of(stat.Kind);
        BinaryPrimitives.WriteUInt64LittleEndian(memory[24..], stat.Links);
        BinaryPrimitives.WriteUInt64LittleEndian(memory[32..], stat.Size);
        BinaryPrimitives.WriteUInt64LittleEndian(memory[40..], stat.Accessed);
        BinaryPrimitives.WriteUInt64LittleEndian(memory[48..], stat.Modified);
        BinaryPrimitives.WriteUInt64LittleEndian(memory[56..], stat.Changed);
        return Errno.Success;
    }
}

using System.Buffers.Binary;
using Plugins.Wasi.Files;

namespace Plugins.Wasi.Preview1;

/// <summary>Descriptors as such, and what they tell of themselves.</summary>
internal static class DescriptorFunctions
{
    private const uint FdstatBytes = 24;

    internal static Errno FdClose(in GuestCall call) =>
        call.Descriptors.Close(call.UInt32(0)) ? Errno.Success : Errno.Badf;

    internal static Errno FdRenumber(in GuestCall call) =>
        call.Descriptors.Renumber(call.UInt32(0), call.UInt32(1)) ? Errno.Success : Errno.Badf;

    internal static Errno FdPrestatGet(in GuestCall call)
    {
        if (call.Descriptors.Find(call.UInt32(0)) is not DirectoryDescriptor { PreopenName: { } name })
        {
            return Errno.Badf;
        }

        var memory = call.Memory(call.UInt32(1), 8, 4);
        memory[0] = 0;
        BinaryPrimitives.WriteUInt32LittleEndian(memory[4..], (uint)name.Length);
        return Errno.Success;
    }

    internal static Errno FdPrestatDirName(in GuestCall call)
    {
        if (call.Descriptors.Find(call.UInt32(0)) is not DirectoryDescriptor { PreopenName: { } name })
        {
            return Errno.Notdir;
        }

        if (name.Length > call.UInt32(2))
        {
            return Errno.Nametoolong;
        }

        name.CopyTo(call.Memory(call.UInt32(1), (uint)name.Length));
        return Errno.Success;
    }

    internal static Errno FdFdstatGet(in GuestCall call)
    {
        var (type, flags, own, inherited) = (FileTypes.Unknown, FdFlags.None, Rights.None, Rights.None);
        switch (call.Descriptors.Find(call.UInt32(0)))
        {
            case null:
                return Errno.Badf;
            case InputDescriptor:
                own = inherited = Rights.FdRead;
                break;
            case OutputDescriptor:
                own = inherited = Rights.FdWrite;
                break;
            case DirectoryDescriptor { PreopenName: not null }:
                (type, own, inherited) = (FileTypes.Directory, Rights.Preopened, Rights.Inherited);
                break;
            case DirectoryDescriptor directory:
                type = FileTypes.Directory;
                own = inherited = RightsOf(directory.Directory);
                break;
            case FileDescriptor file:
                (type, flags) = (FileTypes.RegularFile, file.Flags);
                own = inherited = RightsOf(file.File);
                break;
        }

        var memory = call.Memory(call.UInt32(1), FdstatBytes, 8);
        memory.Clear();
        memory[0] = type;
        BinaryPrimitives.WriteUInt16LittleEndian(memory[2..], (ushort)flags);
        BinaryPrimitives.WriteUInt64LittleEndian(memory[8..], (ulong)own);
        BinaryPrimitives.WriteUInt64LittleEndian(memory[16..], (ulong)inherited);
        return Errno.Success;
    }

    internal static Errno FdFdstatSetFlags(in GuestCall call)
    {
        const FdFlags unchangeable = FdFlags.DataSync | FdFlags.ReadSync | FdFlags.Sync;
        var flags = call.UInt32(1);
        if ((flags & ~(uint)FileFunctions.AllFlags) != 0)
        {
            return Errno.Inval;
        }

        if (call.Descriptors.Find(call.UInt32(0)) is not FileDescriptor file)
        {
            return Errno.Badf;
        }

        if (((FdFlags)flags & unchangeable) != FdFlags.None)
        {
            return Errno.Inval;
        }

        var error = file.File.SetAppend(((FdFlags)flags).HasFlag(FdFlags.Append));
        if (error == FileError.None)
        {
            file.Flags = (FdFlags)flags;
        }

        return error.ToErrno();
    }

    /// <summary>Rights are told, not taken: what was granted is what decides.</summary>
    internal static Errno FdFdstatSetRights(in GuestCall call) =>
        ((call.UInt64(1) | call.UInt64(2)) & ~(ulong)Rights.All) != 0 ? Errno.Inval
        : call.Descriptors.Find(call.UInt32(0)) is FileDescriptor or DirectoryDescriptor ? Errno.Notsup
        : Errno.Badf;

    private static Rights RightsOf(GrantedDirectory directory) => Rights.All
        & ~(Rights.FdSeek | Rights.FdFilestatSetSize | Rights.PathFilestatSetSize | Rights.FdWrite)
        & (directory.Reads ? Rights.All : ~(Rights.FdRead | Rights.FdReaddir));

    private static Rights RightsOf(GrantedFile file) => Rights.All
        & (file.Reads ? Rights.All : ~(Rights.FdRead | Rights.FdReaddir))
        & (file.Writes ? Rights.All : ~Rights.FdWrite);
}

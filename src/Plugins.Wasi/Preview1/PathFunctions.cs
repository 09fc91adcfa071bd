using System.Text;
using Plugins.Wasi.Files;

namespace Plugins.Wasi.Preview1;

/// <summary>What is done by paths.</summary>
internal static class PathFunctions
{
    private const uint Follow = 1;
    private const uint Creates = 1;
    private const uint WantsDirectory = 2;
    private const uint IsExclusive = 4;
    private const uint Truncates = 8;
    private const uint AllOpenFlags = 15;

    internal static Errno PathOpen(in GuestCall call)
    {
        var (lookup, open) = (call.UInt32(1), call.UInt32(4));
        var (rights, flags) = ((Rights)call.UInt64(5), (FdFlags)call.UInt32(7));
        if (lookup > Follow || open > AllOpenFlags || call.UInt32(7) > (uint)FileFunctions.AllFlags
            || (((ulong)rights | call.UInt64(6)) & ~(ulong)Rights.All) != 0)
        {
            return Errno.Inval;
        }

        if (!call.TryReadText(2, out var path))
        {
            return Errno.Ilseq;
        }

        if (call.Descriptors.Find(call.UInt32(0)) is not DirectoryDescriptor directory)
        {
            return call.Descriptors.Find(call.UInt32(0)) is FileDescriptor ? Errno.Notdir : Errno.Badf;
        }

        var request = new OpenRequest
        {
            Follows = lookup == Follow,
            Creates = (open & Creates) != 0,
            WantsDirectory = (open & WantsDirectory) != 0,
            IsExclusive = (open & IsExclusive) != 0,
            Truncates = (open & Truncates) != 0,
            Reads = rights.HasFlag(Rights.FdRead),
            Writes = rights.HasFlag(Rights.FdWrite),
            Appends = flags.HasFlag(FdFlags.Append),
        };
        return Open(call, directory.Directory, path, request, flags);
    }

    internal static Errno PathCreateDirectory(in GuestCall call) =>
        Find(call, 0, 1, out var directory, out var path) is var refusal && refusal != Errno.Success
            ? refusal
            : directory!.CreateDirectory(path).ToErrno();

    internal static Errno PathRemoveDirectory(in GuestCall call) =>
        Find(call, 0, 1, out var directory, out var path) is var refusal && refusal != Errno.Success
            ? refusal
            : directory!.RemoveDirectory(path).ToErrno();

    internal static Errno PathUnlinkFile(in GuestCall call) =>
        Find(call, 0, 1, out var directory, out var path) is var refusal && refusal != Errno.Success
            ? refusal
            : directory!.RemoveFile(path).ToErrno();

    internal static Errno PathReadlink(in GuestCall call)
    {
        if (Find(call, 0, 1, out var directory, out var path) is var refusal && refusal != Errno.Success)
        {
            return refusal;
        }

        var error = directory!.ReadLink(path, out var contents);
        if (error != FileError.None)
        {
            return error.ToErrno();
        }

        var bytes = Encoding.UTF8.GetBytes(contents);
        var length = (int)Math.Min((uint)bytes.Length, call.UInt32(4));
        bytes.AsSpan(0, length).CopyTo(call.Memory(call.UInt32(3), (uint)length));
        call.WriteUInt32(call.UInt32(5), (uint)length);
        return Errno.Success;
    }

    internal static Errno PathLink(in GuestCall call)
    {
        if (call.UInt32(1) > Follow)
        {
            return Errno.Inval;
        }

        if (FindBoth(call, 2, 4, out var directory, out var path, out var target, out var targetPath)
            is var refusal && refusal != Errno.Success)
        {
            return refusal;
        }

        if (directory!.IsReadOnly || target!.IsReadOnly)
        {
            return Errno.Perm;
        }

        return call.UInt32(1) == Follow ? Errno.Inval : directory.Link(path, target, targetPath).ToErrno();
    }

    internal static Errno PathRename(in GuestCall call) =>
        FindBoth(call, 1, 3, out var directory, out var path, out var target, out var targetPath)
            is var refusal && refusal != Errno.Success
            ? refusal
            : directory!.Rename(path, target!, targetPath).ToErrno();

    internal static Errno PathSymlink(in GuestCall call)
    {
        if (call.Descriptors.Find(call.UInt32(2)) is not DirectoryDescriptor directory)
        {
            return Errno.Badf;
        }

        return call.TryReadText(0, out var contents) && call.TryReadText(3, out var path)
            ? directory.Directory.CreateSymbolicLink(contents, path).ToErrno()
            : Errno.Ilseq;
    }

    /// <summary>The directory of one argument, and the path of another.</summary>
    internal static Errno Find(
        in GuestCall call, int descriptor, int argument, out GrantedDirectory? directory, out string path)
    {
        path = string.Empty;
        directory = (call.Descriptors.Find(call.UInt32(descriptor)) as DirectoryDescriptor)?.Directory;
        return directory is null ? Errno.Badf
            : call.TryReadText(argument, out path) ? Errno.Success
            : Errno.Ilseq;
    }

    // The second directory is the argument before its path; the first one is the first.
    private static Errno FindBoth(
        in GuestCall call,
        int argument,
        int targetDescriptor,
        out GrantedDirectory? directory,
        out string path,
        out GrantedDirectory? target,
        out string targetPath)
    {
        (target, targetPath) = (null, string.Empty);
        var refusal = Find(call, 0, argument, out directory, out path);
        return refusal != Errno.Success
            ? refusal
            : Find(call, targetDescriptor, targetDescriptor + 1, out target, out targetPath);
    }

    private static Errno Open(
        in GuestCall call, GrantedDirectory directory, string path, in OpenRequest request, FdFlags flags)
    {
        const FdFlags unsupported = FdFlags.DataSync | FdFlags.ReadSync | FdFlags.Sync;
        if (directory.IsReadOnly && request.OpensForWriting)
        {
            return Errno.Perm;
        }

        if ((flags & unsupported) != FdFlags.None)
        {
            return Errno.Notsup;
        }

        // Before anything is made: what cannot be told to the guest must not stay open.
        call.WriteUInt32(call.UInt32(8), 0);
        var error = directory.Open(path, request, out var node);
        if (error != FileError.None)
        {
            return error.ToErrno();
        }

        Descriptor descriptor = node is GrantedFile file
            ? new FileDescriptor(file, flags)
            : new DirectoryDescriptor((GrantedDirectory)node!);
        call.WriteUInt32(call.UInt32(8), call.Descriptors.Add(descriptor));
        return Errno.Success;
    }
}

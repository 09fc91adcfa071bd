using System.Buffers.Binary;
using System.Text;
using Plugins.Wasi.Files;

namespace Plugins.Wasi.Preview1;

/// <summary>The entries of directories.</summary>
internal static class ListingFunctions
{
    private const int DirentBytes = 24;

    // Before those of the directory come two that every directory has.
    private const int OwnEntries = 2;

    internal static Errno FdReaddir(in GuestCall call)
    {
        if (call.Descriptors.Find(call.UInt32(0)) is not DirectoryDescriptor directory)
        {
            return Errno.Badf;
        }

        var cookie = call.UInt64(3);
        if (cookie == 0 || directory.Listing is null)
        {
            var error = directory.Directory.List(out var entries);
            if (error != FileError.None)
            {
                return error.ToErrno();
            }

            directory.Listing = entries;
            call.Guest.ConsumeFuel(entries.Count);
        }

        var failure = directory.Directory.Stat(out var own);
        if (failure != FileError.None)
        {
            return failure.ToErrno();
        }

        var buffer = call.Memory(call.UInt32(1), call.UInt32(2));
        var length = Fill(buffer, directory.Listing, own.Inode, cookie);
        call.Charge(length);
        call.WriteUInt32(call.UInt32(4), (uint)length);
        return Errno.Success;
    }

    // An entry that does not fit is cut: a full buffer tells that there is more.
    private static int Fill(Span<byte> buffer, IReadOnlyList<DirectoryEntry> entries, ulong own, ulong cookie)
    {
        var used = 0;
        Span<byte> head = stackalloc byte[DirentBytes];
        for (var next = cookie; next < (ulong)(entries.Count + OwnEntries) && used < buffer.Length; next++)
        {
            var entry = next switch
            {
                0 => new DirectoryEntry(".", NodeKind.Directory, own),
                1 => new DirectoryEntry("..", NodeKind.Directory, own),
                _ => entries[(int)next - OwnEntries],
            };
            var name = Encoding.UTF8.GetBytes(entry.Name);
            head.Clear();
            BinaryPrimitives.WriteUInt64LittleEndian(head, next + 1);
            BinaryPrimitives.WriteUInt64LittleEndian(head[8..], entry.Inode);
            BinaryPrimitives.WriteUInt32LittleEndian(head[16..], (uint)name.Length);
            head[20] = FileTypes.Of(entry.Kind);
            used += Put(head, buffer[used..]);
            used += Put(name, buffer[used..]);
        }

        return used;
    }

    private static int Put(ReadOnlySpan<byte> source, Span<byte> target)
    {
        var count = Math.Min(source.Length, target.Length);
        source[..count].CopyTo(target);
        return count;
    }
}

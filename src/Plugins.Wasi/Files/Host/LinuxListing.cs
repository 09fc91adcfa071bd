using System.Buffers.Binary;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Plugins.Wasi.Files.Host;

/// <summary>Reads the entries of a directory. Those whose names are no UTF-8 are left out.</summary>
internal static unsafe class LinuxListing
{
    private const int BufferBytes = 32 * 1024;
    private const int LengthOffset = 16;
    private const int KindOffset = 18;
    private const int NameOffset = 19;
    private static readonly UTF8Encoding s_strict = new(false, throwOnInvalidBytes: true);

    internal static FileError Read(
        SafeFileHandle directory, int maximum, out IReadOnlyList<DirectoryEntry> entries)
    {
        var found = new List<DirectoryEntry>();
        entries = found;
        var buffer = new byte[BufferBytes];
        while (true)
        {
            nint length;
            fixed (byte* start = buffer)
            {
                length = LinuxCalls.List(LinuxFlags.ListCall, directory, start, BufferBytes);
            }

            if (length <= 0)
            {
                var error = length == 0 ? FileError.None : LinuxError.Last;
                found.Sort((left, right) => string.CompareOrdinal(left.Name, right.Name));
                return error;
            }

            Add(directory, buffer.AsSpan(0, (int)length), found);
            if (found.Count > maximum)
            {
                entries = [];
                return FileError.Overflow;
            }
        }
    }

    private static void Add(SafeFileHandle directory, ReadOnlySpan<byte> records, List<DirectoryEntry> found)
    {
        while (!records.IsEmpty)
        {
            var length = BinaryPrimitives.ReadUInt16LittleEndian(records[LengthOffset..]);
            var name = records[NameOffset..length];
            name = name[..name.IndexOf((byte)0)];
            if (!name.SequenceEqual("."u8) && !name.SequenceEqual(".."u8) && TryDecode(name, out var text))
            {
                var inode = BinaryPrimitives.ReadUInt64LittleEndian(records);
                found.Add(new DirectoryEntry(text, KindOf(directory, text, records[KindOffset]), inode));
            }

            records = records[length..];
        }
    }

    private static bool TryDecode(ReadOnlySpan<byte> name, out string text)
    {
        try
        {
            text = s_strict.GetString(name);
            return true;
        }
        catch (DecoderFallbackException)
        {
            text = string.Empty;
            return false;
        }
    }

    // Some file systems do not tell.
    private static NodeKind KindOf(SafeFileHandle directory, string name, byte type) => type switch
    {
        2 => NodeKind.CharacterDevice,
        4 => NodeKind.Directory,
        6 => NodeKind.BlockDevice,
        8 => NodeKind.File,
        10 => NodeKind.SymbolicLink,
        0 when LinuxHandle.Stat(directory, name, out var stat) == FileError.None => stat.Kind,
        _ => NodeKind.Other,
    };
}

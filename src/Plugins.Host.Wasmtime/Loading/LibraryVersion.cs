using System.Buffers.Binary;
using System.Globalization;
using Plugins.Host.Wasmtime.Native;

namespace Plugins.Host.Wasmtime.Loading;

/// <summary>Finds a library's version, which no function tells: compiled modules carry it.</summary>
internal static unsafe class LibraryVersion
{
    private const int ElfHeaderBytes = 64;
    private const int SectionBytes = 64;

    private static ReadOnlySpan<byte> EmptyModule => [0x00, 0x61, 0x73, 0x6D, 0x01, 0x00, 0x00, 0x00];

    /// <summary>The major version; null where compiled modules do not say it in the known way.</summary>
    internal static int? Read(WasmtimeApi api)
    {
        var config = api.Configs.New();
        api.Configs.SetParallelCompilation(config, 0);
        var engine = api.Engines.NewEngine(config);
        nint module = 0;
        nint error;
        fixed (byte* bytes = EmptyModule)
        {
            error = api.Engines.NewModule(engine, bytes, (nuint)EmptyModule.Length, &module);
        }

        ByteVector code = default;
        if (error == 0)
        {
            error = api.Engines.SerializeModule(module, &code);
            api.Engines.DeleteModule(module);
        }

        api.Engines.DeleteEngine(engine);
        if (error != 0)
        {
            api.Traps.DeleteError(error);
            return null;
        }

        var version = Find(code.Span);
        api.Traps.DeleteBytes(&code);
        return version;
    }

    /// <summary>The major version in a compiled module; null where it is not found.</summary>
    /// <remarks>
    /// Compiled modules are ELF files on every system. The section <c>.wasmtime.engine</c> begins with a zero, a
    /// length, and the version as text of that length.
    /// </remarks>
    internal static int? Find(ReadOnlySpan<byte> code)
    {
        if (code.Length < ElfHeaderBytes || !code.StartsWith("\u007FELF"u8))
        {
            return null;
        }

        var count = BinaryPrimitives.ReadUInt16LittleEndian(code[0x3C..]);
        var names = Section(code, BinaryPrimitives.ReadUInt16LittleEndian(code[0x3E..]), out _);
        for (var index = 0; index < count; index++)
        {
            var section = Section(code, index, out var name);
            if (name < names.Length && names[(int)name..].StartsWith(".wasmtime.engine\0"u8))
            {
                return Parse(section);
            }
        }

        return null;
    }

    private static int? Parse(ReadOnlySpan<byte> section)
    {
        if (section is not [0, var length, ..] || section.Length < 2 + length)
        {
            return null;
        }

        var text = section.Slice(2, length);
        var dot = text.IndexOf((byte)'.');
        var major = dot < 0 ? text : text[..dot];
        return int.TryParse(major, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null;
    }

    /// <summary>A section's bytes; none where it does not lie in the file.</summary>
    private static ReadOnlySpan<byte> Section(ReadOnlySpan<byte> code, int index, out uint name)
    {
        name = uint.MaxValue;
        var table = BinaryPrimitives.ReadUInt64LittleEndian(code[0x28..]);
        if (!TrySlice(code, table + ((ulong)index * SectionBytes), SectionBytes, out var header))
        {
            return default;
        }

        name = BinaryPrimitives.ReadUInt32LittleEndian(header);
        var start = BinaryPrimitives.ReadUInt64LittleEndian(header[0x18..]);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(header[0x20..]);
        return TrySlice(code, start, length, out var section) ? section : default;
    }

    private static bool TrySlice(ReadOnlySpan<byte> code, ulong start, ulong length, out ReadOnlySpan<byte> part)
    {
        var isInside = start <= (ulong)code.Length && length <= (ulong)code.Length - start;
        part = isInside ? code.Slice((int)start, (int)length) : default;
        return isInside;
    }
}

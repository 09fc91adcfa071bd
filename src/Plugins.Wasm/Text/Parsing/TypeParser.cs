using Plugins.Wasm.Text.Instructions;
using Plugins.Wasm.Text.Lexing;
using Plugins.Wasm.Text.Writing;

namespace Plugins.Wasm.Text.Parsing;

/// <summary>Types of values, fields, globals, tables and memories. WebAssembly 3.0, section 6.4.</summary>
internal sealed class TypeParser(TokenReader reader, ModuleScope scope)
{
    private const string OutOfRange = "constant out of range";

    // Sections 5.3.9 and 5.3.12, and the proposals for shared memories and page sizes.
    private const byte HasMaximum = 1, IsShared = 2, Is64Bit = 4, HasPageSize = 8;

    public void ReadValueType(ByteWriter output)
    {
        if (NumberType() is byte number)
        {
            reader.Take();
            output.Byte(number);
        }
        else
        {
            ReadReferenceType().WriteTo(output);
        }
    }

    public ReferenceType ReadReferenceType()
    {
        if (reader.Is(TokenKind.Keyword) && HeapTypes.FindReference(reader.Text) is long shorthand)
        {
            reader.Take();
            return new ReferenceType(IsNullable: true, shorthand);
        }

        reader.ExpectLeft("ref"u8);
        bool isNullable = reader.TryTakeKeyword("null"u8);
        var type = new ReferenceType(isNullable, ReadHeapType());
        reader.ExpectRight();
        return type;
    }

    public long ReadHeapType()
    {
        if (reader.IsIndex)
        {
            return scope.Types.Use(reader);
        }

        if (reader.Is(TokenKind.Keyword) && HeapTypes.Find(reader.Text) is long number)
        {
            reader.Take();
            return number;
        }

        throw reader.Unexpected();
    }

    /// <summary>Reads a field's type, which may be packed.</summary>
    public void ReadFieldType(ByteWriter output)
    {
        bool isMutable = reader.TryTakeLeft("mut"u8);
        if (PackedType() is byte packed)
        {
            reader.Take();
            output.Byte(packed);
        }
        else
        {
            ReadValueType(output);
        }

        EndMutable(isMutable, output);
    }

    public void ReadGlobalType(ByteWriter output)
    {
        bool isMutable = reader.TryTakeLeft("mut"u8);
        ReadValueType(output);
        EndMutable(isMutable, output);
    }

    /// <summary>Takes the type of addresses, where it stands, and says whether it is the one of 64 bits.</summary>
    public bool TryTakeAddressType()
    {
        bool is64Bit = reader.IsKeyword("i64"u8);
        if (is64Bit || reader.IsKeyword("i32"u8))
        {
            reader.Take();
        }

        return is64Bit;
    }

    /// <summary>Reads a table's type but for its initial elements.</summary>
    public void ReadTableType(ByteWriter output)
    {
        var limits = new ByteWriter();
        ReadLimits(TryTakeAddressType(), isMemory: false, limits);
        ReadReferenceType().WriteTo(output);
        output.Bytes(limits.Written);
    }

    public void ReadMemoryType(ByteWriter output) => ReadLimits(TryTakeAddressType(), isMemory: true, output);

    /// <summary>Writes limits whose maximum is their minimum.</summary>
    public static void WriteExactLimits(bool is64Bit, ulong size, uint? pageSizeLog, ByteWriter output)
    {
        output.Byte((byte)(HasMaximum | (is64Bit ? Is64Bit : 0) | (pageSizeLog is null ? 0 : HasPageSize)));
        output.Unsigned(size);
        output.Unsigned(size);
        if (pageSizeLog is uint log)
        {
            output.Unsigned(log);
        }
    }

    /// <summary>Reads a page size, where one stands, as a power of two.</summary>
    public uint? TryReadPageSize()
    {
        if (!reader.TryTakeLeft("pagesize"u8))
        {
            return null;
        }

        Token token = reader.Current;
        ulong size = reader.TakeUnsigned(uint.MaxValue, OutOfRange);
        if (!ulong.IsPow2(size))
        {
            throw reader.Fault("invalid custom page size: no power of two", token);
        }

        reader.ExpectRight();
        return (uint)ulong.Log2(size);
    }

    private void ReadLimits(bool is64Bit, bool isMemory, ByteWriter output)
    {
        ulong minimum = reader.TakeUnsigned(ulong.MaxValue, OutOfRange);
        ulong? maximum = reader.Is(TokenKind.Number) ? reader.TakeUnsigned(ulong.MaxValue, OutOfRange) : null;
        bool isShared = isMemory && reader.TryTakeKeyword("shared"u8);
        uint? pageSizeLog = isMemory ? TryReadPageSize() : null;
        output.Byte((byte)(
            (maximum is null ? 0 : HasMaximum)
            | (isShared ? IsShared : 0)
            | (is64Bit ? Is64Bit : 0)
            | (pageSizeLog is null ? 0 : HasPageSize)));
        output.Unsigned(minimum);
        if (maximum is ulong most)
        {
            output.Unsigned(most);
        }

        if (pageSizeLog is uint log)
        {
            output.Unsigned(log);
        }
    }

    private void EndMutable(bool isMutable, ByteWriter output)
    {
        output.Byte((byte)(isMutable ? 1 : 0));
        if (isMutable)
        {
            reader.ExpectRight();
        }
    }

    private byte? NumberType() =>
        !reader.Is(TokenKind.Keyword) ? null
        : reader.IsKeyword("i32"u8) ? 0x7F
        : reader.IsKeyword("i64"u8) ? 0x7E
        : reader.IsKeyword("f32"u8) ? 0x7D
        : reader.IsKeyword("f64"u8) ? 0x7C
        : reader.IsKeyword("v128"u8) ? (byte)0x7B
        : null;

    private byte? PackedType() =>
        reader.IsKeyword("i8"u8) ? 0x78
        : reader.IsKeyword("i16"u8) ? (byte)0x77
        : null;
}

using Plugins.Wasm.Text.Lexing;
using Plugins.Wasm.Text.Writing;

namespace Plugins.Wasm.Text.Parsing;

/// <summary>Imports, and what may be an import or have exports: functions, tables, memories, globals, tags.</summary>
/// <remarks>WebAssembly 3.0, sections 6.6.2 to 6.6.9.</remarks>
internal sealed class DefinitionParser(
    TokenReader reader,
    ModuleScope scope,
    TypeParser types,
    SignatureParser signatures,
    FunctionParser functions,
    SegmentParser segments)
{
    // Section 5.5.5.
    private const byte FunctionKind = 0, TableKind = 1, MemoryKind = 2, GlobalKind = 3, TagKind = 4;
    private const ulong PageSizeLog = 16;

    public void ReadImport()
    {
        ByteWriter output = scope.Output.Imports.Next();
        output.Vector(reader.TakeName());
        output.Vector(reader.TakeName());
        reader.Expect(TokenKind.Left);
        byte kind = TakeKind();
        SpaceOf(kind).Take();
        reader.TryTakeIdentifier();
        ReadExternalType(kind, output);
        reader.ExpectRight();
    }

    public void ReadExport()
    {
        ByteWriter output = scope.Output.Exports.Next();
        output.Vector(reader.TakeName());
        reader.Expect(TokenKind.Left);
        byte kind = TakeKind();
        output.Byte(kind);
        output.Unsigned(SpaceOf(kind).Use(reader));
        reader.ExpectRight();
    }

    /// <summary>Reads a definition, an import that is written like one, and the exports in either.</summary>
    public void Read(FieldKind field)
    {
        byte kind = KindOf(field);
        uint index = SpaceOf(kind).Take();
        reader.TryTakeIdentifier();
        while (reader.TryTakeLeft("export"u8))
        {
            ByteWriter export = scope.Output.Exports.Next();
            export.Vector(reader.TakeName());
            export.Byte(kind);
            export.Unsigned(index);
            reader.ExpectRight();
        }

        if (reader.TryTakeLeft("import"u8))
        {
            ByteWriter import = scope.Output.Imports.Next();
            import.Vector(reader.TakeName());
            import.Vector(reader.TakeName());
            reader.ExpectRight();
            ReadExternalType(kind, import);
            return;
        }

        ReadOwn(kind, index);
    }

    private void ReadOwn(byte kind, uint index)
    {
        switch (kind)
        {
            case FunctionKind:
                functions.Read(index);
                break;
            case TableKind:
                ReadTable(index);
                break;
            case MemoryKind:
                ReadMemory(index);
                break;
            case GlobalKind:
                ByteWriter global = scope.Output.Globals.Next();
                types.ReadGlobalType(global);
                segments.ReadConstant(global);
                break;
            default:
                ReadTag(scope.Output.Tags.Next());
                break;
        }
    }

    private void ReadExternalType(byte kind, ByteWriter output)
    {
        output.Byte(kind);
        switch (kind)
        {
            case FunctionKind:
                output.Unsigned(signatures.ReadUse(new LocalScope()));
                break;
            case TableKind:
                types.ReadTableType(output);
                break;
            case MemoryKind:
                types.ReadMemoryType(output);
                break;
            case GlobalKind:
                types.ReadGlobalType(output);
                break;
            default:
                ReadTag(output);
                break;
        }
    }

    private void ReadTag(ByteWriter output)
    {
        output.Byte(0);
        output.Unsigned(signatures.ReadUse(new LocalScope()));
    }

    private void ReadTable(uint index)
    {
        Token start = reader.Current;
        bool is64Bit = types.TryTakeAddressType();
        if (!reader.Is(TokenKind.Number))
        {
            segments.ReadInlineElements(index, is64Bit, scope.Output.Tables.Next());
            return;
        }

        reader.MoveTo(start);
        var type = new ByteWriter();
        types.ReadTableType(type);
        ByteWriter table = scope.Output.Tables.Next();
        if (reader.Is(TokenKind.Right))
        {
            table.Bytes(type.Written);
            return;
        }

        // Section 5.5.7.
        table.Bytes([0x40, 0x00]);
        table.Bytes(type.Written);
        segments.ReadConstant(table);
    }

    private void ReadMemory(uint index)
    {
        Token start = reader.Current;
        bool is64Bit = types.TryTakeAddressType();
        uint? pageSizeLog = types.TryReadPageSize();
        if (!reader.TryTakeLeft("data"u8))
        {
            reader.MoveTo(start);
            types.ReadMemoryType(scope.Output.Memories.Next());
            return;
        }

        ulong bytes = segments.ReadInlineData(index, is64Bit);
        ulong pageSize = 1ul << (int)(pageSizeLog ?? PageSizeLog);
        ulong pages = (bytes + pageSize - 1) / pageSize;
        TypeParser.WriteExactLimits(is64Bit, pages, pageSizeLog, scope.Output.Memories.Next());
    }

    private byte TakeKind()
    {
        byte? kind =
            reader.IsKeyword("func"u8) ? FunctionKind
            : reader.IsKeyword("table"u8) ? TableKind
            : reader.IsKeyword("memory"u8) ? MemoryKind
            : reader.IsKeyword("global"u8) ? GlobalKind
            : reader.IsKeyword("tag"u8) ? TagKind
            : null;
        if (kind is not byte known)
        {
            throw reader.Unexpected();
        }

        reader.Take();
        return known;
    }

    private IndexSpace SpaceOf(byte kind) => kind switch
    {
        FunctionKind => scope.Functions,
        TableKind => scope.Tables,
        MemoryKind => scope.Memories,
        GlobalKind => scope.Globals,
        _ => scope.Tags,
    };

    private static byte KindOf(FieldKind field) => field switch
    {
        FieldKind.Function => FunctionKind,
        FieldKind.Table => TableKind,
        FieldKind.Memory => MemoryKind,
        FieldKind.Global => GlobalKind,
        _ => TagKind,
    };
}

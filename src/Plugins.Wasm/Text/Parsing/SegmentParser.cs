using Plugins.Wasm.Text.Instructions;
using Plugins.Wasm.Text.Lexing;
using Plugins.Wasm.Text.Writing;

namespace Plugins.Wasm.Text.Parsing;

/// <summary>Element and data segments, and their constants. WebAssembly 3.0, sections 6.6.10 and 6.6.11.</summary>
internal sealed class SegmentParser(
    TokenReader reader, ModuleScope scope, TypeParser types, ExpressionParser expressions)
{
    private const byte EndOpcode = 0x0B, I32Const = 0x41, I64Const = 0x42;

    // Bits of a segment's first byte, section 5.5.12.
    private const byte IsPassive = 1, IsExplicit = 2, HasExpressions = 4;

    /// <summary>Reads the instructions of a constant up to the closing parenthesis, which is left.</summary>
    public void ReadConstant(ByteWriter output)
    {
        expressions.ReadAll(output);
        output.Byte(EndOpcode);
    }

    public void ReadElements()
    {
        scope.Elements.Take();
        reader.TryTakeIdentifier();
        ByteWriter output = scope.Output.Elements.Next();
        if (reader.TryTakeKeyword("declare"u8))
        {
            ReadElementList(IsPassive | IsExplicit, [], output);
            return;
        }

        if (reader.IsKeyword("func"u8) || IsReferenceType())
        {
            ReadElementList(IsPassive, [], output);
            return;
        }

        uint? table = TryReadTarget("table"u8, scope.Tables);
        var place = new ByteWriter();
        ReadOffset(place);
        if (reader.IsKeyword("func"u8) || IsReferenceType())
        {
            ReadActiveElements(table, place.Written, output);
        }
        else if (table is null)
        {
            output.Byte(0);
            output.Bytes(place.Written);
            ReadFunctions(output);
        }
        else
        {
            throw reader.Unexpected();
        }
    }

    /// <summary>Reads a table whose elements are all given, and writes it and a segment for them.</summary>
    public void ReadInlineElements(uint table, bool is64Bit, ByteWriter output)
    {
        ReferenceType type = types.ReadReferenceType();
        reader.ExpectLeft("elem"u8);
        scope.Elements.Take();
        var elements = new SectionWriter();
        bool areExpressions = reader.Is(TokenKind.Left);
        while (!reader.TryTake(TokenKind.Right))
        {
            ReadElement(areExpressions, elements.Next());
        }

        type.WriteTo(output);
        TypeParser.WriteExactLimits(is64Bit, (ulong)elements.Count, pageSizeLog: null, output);
        WriteInlineElements(table, is64Bit, areExpressions, type, elements);
    }

    public void ReadData()
    {
        scope.Data.Take();
        reader.TryTakeIdentifier();
        ByteWriter output = scope.Output.Data.Next();
        if (reader.Is(TokenKind.Left))
        {
            uint memory = TryReadTarget("memory"u8, scope.Memories) ?? 0;
            WriteTarget(memory, output);
            ReadOffset(output);
        }
        else
        {
            output.Byte(IsPassive);
        }

        ReadStrings(output);
    }

    /// <summary>Reads the bytes of a memory that are all given, and writes a segment for them.</summary>
    /// <returns>How many they are.</returns>
    public ulong ReadInlineData(uint memory, bool is64Bit)
    {
        scope.Data.Take();
        ByteWriter output = scope.Output.Data.Next();
        WriteTarget(memory, output);
        WriteZero(is64Bit, output);
        ulong length = ReadStrings(output);
        reader.ExpectRight();
        return length;
    }

    private void WriteInlineElements(
        uint table, bool is64Bit, bool areExpressions, ReferenceType type, SectionWriter elements)
    {
        ByteWriter segment = scope.Output.Elements.Next();
        bool isExplicit = table != 0 || (areExpressions && type != ReferenceType.Function);
        segment.Byte((byte)((areExpressions ? HasExpressions : 0) | (isExplicit ? IsExplicit : 0)));
        if (isExplicit)
        {
            segment.Unsigned(table);
        }

        WriteZero(is64Bit, segment);
        if (isExplicit && areExpressions)
        {
            type.WriteTo(segment);
        }
        else if (isExplicit)
        {
            segment.Byte(0);
        }

        elements.WriteTo(segment);
    }

    // A table that is named stays named, though it be the first: then what is printed and read again is the same.
    private void ReadActiveElements(uint? table, ReadOnlySpan<byte> offset, ByteWriter output)
    {
        var place = new ByteWriter();
        bool isExplicit = table is not null || (!reader.IsKeyword("func"u8) && !IsFunctionReference());
        if (isExplicit)
        {
            place.Unsigned(table ?? 0);
        }

        place.Bytes(offset);
        ReadElementList(isExplicit ? IsExplicit : (byte)0, place.Written, output);
    }

    /// <summary>Reads the type of elements and these, and writes all of the segment.</summary>
    private void ReadElementList(int mode, ReadOnlySpan<byte> place, ByteWriter output)
    {
        bool hasType = mode != 0;
        if (reader.TryTakeKeyword("func"u8))
        {
            output.Byte((byte)mode);
            output.Bytes(place);
            output.Bytes(hasType ? [0] : []);
            ReadFunctions(output);
            return;
        }

        ReferenceType type = types.ReadReferenceType();
        output.Byte((byte)(mode | HasExpressions));
        output.Bytes(place);
        if (hasType)
        {
            type.WriteTo(output);
        }

        var elements = new SectionWriter();
        while (!reader.Is(TokenKind.Right))
        {
            ReadElement(isExpression: true, elements.Next());
        }

        elements.WriteTo(output);
    }

    private void ReadFunctions(ByteWriter output)
    {
        var functions = new SectionWriter();
        while (!reader.Is(TokenKind.Right))
        {
            ReadElement(isExpression: false, functions.Next());
        }

        functions.WriteTo(output);
    }

    private void ReadElement(bool isExpression, ByteWriter output)
    {
        if (!isExpression)
        {
            output.Unsigned(scope.Functions.Use(RequireIndex()));
        }
        else if (reader.TryTakeLeft("item"u8))
        {
            ReadConstant(output);
            reader.ExpectRight();
        }
        else
        {
            ReadFoldedConstant(output);
        }
    }

    private void ReadOffset(ByteWriter output)
    {
        if (reader.TryTakeLeft("offset"u8))
        {
            ReadConstant(output);
            reader.ExpectRight();
        }
        else
        {
            ReadFoldedConstant(output);
        }
    }

    private void ReadFoldedConstant(ByteWriter output)
    {
        if (!reader.Is(TokenKind.Left))
        {
            throw reader.Unexpected();
        }

        expressions.ReadFolded(output);
        output.Byte(EndOpcode);
    }

    private TokenReader RequireIndex() => reader.IsIndex ? reader : throw reader.Unexpected();

    private uint? TryReadTarget(ReadOnlySpan<byte> keyword, IndexSpace space)
    {
        if (!reader.TryTakeLeft(keyword))
        {
            return null;
        }

        uint index = space.Use(reader);
        reader.ExpectRight();
        return index;
    }

    private static void WriteTarget(uint memory, ByteWriter output)
    {
        output.Byte(memory == 0 ? (byte)0 : IsExplicit);
        if (memory != 0)
        {
            output.Unsigned(memory);
        }
    }

    private static void WriteZero(bool is64Bit, ByteWriter output) =>
        output.Bytes([is64Bit ? I64Const : I32Const, 0, EndOpcode]);

    private ulong ReadStrings(ByteWriter output)
    {
        var bytes = new ByteWriter();
        while (reader.Is(TokenKind.String))
        {
            bytes.Bytes(reader.TakeString());
        }

        output.Vector(bytes.Written);
        return (ulong)bytes.Length;
    }

    // A folded instruction of a constant may begin with "ref." but not with "ref".
    private bool IsReferenceType() => reader.IsLeft("ref"u8)
        || (reader.Is(TokenKind.Keyword) && HeapTypes.FindReference(reader.Text) is not null);

    private bool IsFunctionReference()
    {
        Token start = reader.Current;
        ReferenceType type = types.ReadReferenceType();
        reader.MoveTo(start);
        return type == ReferenceType.Function;
    }
}

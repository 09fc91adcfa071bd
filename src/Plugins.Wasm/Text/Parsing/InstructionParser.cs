using Plugins.Wasm.Text.Instructions;
using Plugins.Wasm.Text.Lexing;
using Plugins.Wasm.Text.Writing;

namespace Plugins.Wasm.Text.Parsing;

/// <summary>Instructions that are no blocks, with what follows their words. WebAssembly 3.0, section 6.5.</summary>
internal sealed class InstructionParser(
    TokenReader reader, ModuleScope scope, TypeParser types, SignatureParser signatures)
{
    private const string OutOfRange = "constant out of range";
    private readonly VectorParser _vectors = new(reader);

    /// <summary>The locals that instructions may use; of an expression outside of functions, none.</summary>
    public LocalScope Locals { get; set; } = new();

    /// <summary>The labels that instructions may use.</summary>
    public LabelScope Labels { get; set; } = new();

    /// <summary>Whether an instruction that was read refers to a data segment.</summary>
    public bool UsesData { get; set; }

    /// <summary>Takes an instruction's word.</summary>
    public InstructionSyntax TakeName()
    {
        if (!reader.Is(TokenKind.Keyword))
        {
            throw reader.Unexpected();
        }

        if (InstructionSet.Instance.Find(reader.Text) is InstructionSyntax syntax)
        {
            reader.Take();
            return syntax;
        }

        throw IsOfAnotherPlace()
            ? reader.Unexpected()
            : reader.Fault($"unknown operator {reader.Show(reader.Current)}", reader.Current);
    }

    /// <summary>Reads what follows the word, and writes opcode and immediates.</summary>
    public void Read(InstructionSyntax syntax, ByteWriter output)
    {
        switch (syntax.Immediates)
        {
            case Immediates.Select:
                ReadSelect(syntax, output);
                break;
            case Immediates.ReferenceType:
                ReadReferenceType(syntax, output);
                break;
            default:
                WriteOpcode(syntax, output);
                ReadImmediates(syntax, output);
                break;
        }
    }

    public static void WriteOpcode(InstructionSyntax syntax, ByteWriter output)
    {
        if (syntax.Prefix == 0)
        {
            output.Byte((byte)syntax.Code);
            return;
        }

        output.Byte(syntax.Prefix);
        output.Unsigned(syntax.Code);
    }

    /// <summary>Reads handlers of a block.</summary>
    public void ReadHandlers(ByteWriter output)
    {
        var handlers = new SectionWriter();
        while (HandlerKind() is byte kind)
        {
            reader.Take();
            reader.Take();
            handlers.Next().Byte(kind);
            if (kind < 2)
            {
                handlers.Bytes.Unsigned(scope.Tags.Use(reader));
            }

            handlers.Bytes.Unsigned(Labels.Use(reader));
            reader.ExpectRight();
        }

        handlers.WriteTo(output);
    }

    // Words that the grammar has, and takes before or around instructions only.
    private bool IsOfAnotherPlace() =>
        reader.IsKeyword("type"u8) || reader.IsKeyword("param"u8) || reader.IsKeyword("result"u8)
        || reader.IsKeyword("local"u8) || reader.IsKeyword("then"u8) || reader.IsKeyword("do"u8);

    private byte? HandlerKind() =>
        reader.IsLeft("catch"u8) ? 0
        : reader.IsLeft("catch_ref"u8) ? 1
        : reader.IsLeft("catch_all"u8) ? 2
        : reader.IsLeft("catch_all_ref"u8) ? (byte)3
        : null;

    private void ReadImmediates(InstructionSyntax syntax, ByteWriter output)
    {
        switch (syntax.Immediates)
        {
            case Immediates.None:
                break;
            case Immediates.Int32:
                output.Signed((int)reader.TakeInteger(32, "i32 constant out of range"));
                break;
            case Immediates.Int64:
                output.Signed((long)reader.TakeInteger(64, "i64 constant out of range"));
                break;
            case Immediates.Float32:
                output.Fixed32((uint)reader.TakeFloat(FloatFormat.Single));
                break;
            case Immediates.Float64:
                output.Fixed64(reader.TakeFloat(FloatFormat.Double));
                break;
            case Immediates.Vector:
                _vectors.ReadConstant(output);
                break;
            case Immediates.Lane:
                _vectors.ReadLane(output);
                break;
            case Immediates.Lanes:
                _vectors.ReadLanes(output);
                break;
            case Immediates.Access:
                ReadAccess(syntax, hasLane: false, output);
                break;
            case Immediates.AccessAndLane:
                ReadAccess(syntax, hasLane: true, output);
                _vectors.ReadLane(output);
                break;
            case Immediates.Reserved:
                output.Byte(0);
                break;
            default:
                ReadIndices(syntax, output);
                break;
        }
    }

    private void ReadIndices(InstructionSyntax syntax, ByteWriter output)
    {
        switch (syntax.Immediates)
        {
            case Immediates.Label:
                output.Unsigned(Labels.Use(reader));
                break;
            case Immediates.Labels:
                ReadLabels(output);
                break;
            case Immediates.Function:
                output.Unsigned(scope.Functions.Use(reader));
                break;
            case Immediates.IndirectCall:
                ReadIndirectCall(output);
                break;
            case Immediates.Local:
                output.Unsigned(Locals.Use(reader));
                break;
            case Immediates.Global:
                output.Unsigned(scope.Globals.Use(reader));
                break;
            case Immediates.Tag:
                output.Unsigned(scope.Tags.Use(reader));
                break;
            case Immediates.Data:
                UsesData = true;
                output.Unsigned(scope.Data.Use(reader));
                break;
            case Immediates.Element:
                output.Unsigned(scope.Elements.Use(reader));
                break;
            case Immediates.HeapType:
                output.Signed(types.ReadHeapType());
                break;
            case Immediates.BranchOnCast:
                ReadBranchOnCast(output);
                break;
            default:
                ReadStorage(syntax, output);
                break;
        }
    }

    private void ReadStorage(InstructionSyntax syntax, ByteWriter output)
    {
        switch (syntax.Immediates)
        {
            case Immediates.Table:
                output.Unsigned(TryUse(scope.Tables));
                break;
            case Immediates.TablePair:
                ReadPair(scope.Tables, output);
                break;
            case Immediates.TableAndElement:
                ReadSegment(scope.Tables, scope.Elements, output);
                break;
            case Immediates.Memory:
                output.Unsigned(TryUse(scope.Memories));
                break;
            case Immediates.MemoryPair:
                ReadPair(scope.Memories, output);
                break;
            case Immediates.MemoryAndData:
                UsesData = true;
                ReadSegment(scope.Memories, scope.Data, output);
                break;
            default:
                ReadAggregate(syntax, output);
                break;
        }
    }

    private void ReadAggregate(InstructionSyntax syntax, ByteWriter output)
    {
        uint type = scope.Types.Use(reader);
        output.Unsigned(type);
        switch (syntax.Immediates)
        {
            case Immediates.TypePair:
                output.Unsigned(scope.Types.Use(reader));
                break;
            case Immediates.TypeAndField:
                output.Unsigned(FieldsOf(type).Use(reader));
                break;
            case Immediates.TypeAndCount:
                output.Unsigned(reader.TakeUnsigned(uint.MaxValue, OutOfRange));
                break;
            case Immediates.TypeAndData:
                UsesData = true;
                output.Unsigned(scope.Data.Use(reader));
                break;
            case Immediates.TypeAndElement:
                output.Unsigned(scope.Elements.Use(reader));
                break;
        }
    }

    private IndexSpace FieldsOf(uint type) =>
        scope.Fields.TryGetValue(type, out IndexSpace? fields) ? fields : new IndexSpace("field");

    private uint TryUse(IndexSpace space) => reader.IsIndex ? space.Use(reader) : 0;

    // Both, or neither.
    private void ReadPair(IndexSpace space, ByteWriter output)
    {
        bool isThere = reader.IsIndex;
        output.Unsigned(isThere ? space.Use(reader) : 0);
        output.Unsigned(isThere ? space.Use(reader) : 0);
    }

    // Where only one index stands, it is the segment's; a module has that first.
    private void ReadSegment(IndexSpace space, IndexSpace segments, ByteWriter output)
    {
        bool isThere = reader.Following.Kind
            is TokenKind.Number or TokenKind.Identifier or TokenKind.QuotedIdentifier;
        uint target = isThere ? space.Use(reader) : 0;
        output.Unsigned(segments.Use(reader));
        output.Unsigned(target);
    }

    private void ReadLabels(ByteWriter output)
    {
        var labels = new SectionWriter();
        uint last = Labels.Use(reader);
        while (reader.IsIndex)
        {
            labels.Next().Unsigned(last);
            last = Labels.Use(reader);
        }

        labels.WriteTo(output);
        output.Unsigned(last);
    }

    private void ReadIndirectCall(ByteWriter output)
    {
        uint table = TryUse(scope.Tables);
        output.Unsigned(signatures.ReadUse(locals: null));
        output.Unsigned(table);
    }

    private void ReadSelect(InstructionSyntax syntax, ByteWriter output)
    {
        if (!reader.IsLeft("result"u8))
        {
            WriteOpcode(syntax, output);
            return;
        }

        var results = new SectionWriter();
        while (reader.TryTakeLeft("result"u8))
        {
            signatures.ReadTypes(results);
        }

        WriteOpcode(syntax with { Code = syntax.Code + 1 }, output);
        results.WriteTo(output);
    }

    private void ReadReferenceType(InstructionSyntax syntax, ByteWriter output)
    {
        ReferenceType type = types.ReadReferenceType();
        WriteOpcode(type.IsNullable ? syntax with { Code = syntax.Code + 1 } : syntax, output);
        output.Signed(type.Heap);
    }

    private void ReadBranchOnCast(ByteWriter output)
    {
        uint label = Labels.Use(reader);
        ReferenceType from = types.ReadReferenceType();
        ReferenceType to = types.ReadReferenceType();
        output.Byte((byte)((from.IsNullable ? 1 : 0) | (to.IsNullable ? 2 : 0)));
        output.Unsigned(label);
        output.Signed(from.Heap);
        output.Signed(to.Heap);
    }

    /// <remarks>Section 5.4.6: a memory that is not the first sets a bit of the alignment.</remarks>
    private void ReadAccess(InstructionSyntax syntax, bool hasLane, ByteWriter output)
    {
        const ulong HasMemory = 0x40;
        uint memory = IsMemory(hasLane) ? scope.Memories.Use(reader) : 0;
        ulong offset = TryReadField("offset="u8) ?? 0;
        Token token = reader.Current;
        ulong alignment = TryReadField("align="u8) ?? 1ul << (int)syntax.Alignment;
        if (!ulong.IsPow2(alignment))
        {
            throw reader.Fault("alignment must be a power of two", token);
        }

        output.Unsigned(ulong.Log2(alignment) | (memory == 0 ? 0 : HasMemory));
        if (memory != 0)
        {
            output.Unsigned(memory);
        }

        output.Unsigned(offset);
    }

    // A number alone is a lane where there has to be one.
    private bool IsMemory(bool hasLane) => reader.IsIdentifier
        || (reader.Is(TokenKind.Number)
            && (!hasLane || reader.Following.Kind == TokenKind.Number || IsField(reader.Following)));

    private bool IsField(Token token) => token.Kind == TokenKind.Keyword
        && (reader.TextOf(token).StartsWith("offset="u8) || reader.TextOf(token).StartsWith("align="u8));

    private ulong? TryReadField(ReadOnlySpan<byte> name)
    {
        if (!reader.Is(TokenKind.Keyword) || !reader.Text.StartsWith(name))
        {
            return null;
        }

        Token token = reader.Take();
        LiteralFault fault =
            IntegerLiteral.ReadUnsigned(reader.TextOf(token)[name.Length..], ulong.MaxValue, out ulong value);
        return fault switch
        {
            LiteralFault.None => value,
            LiteralFault.Range => throw reader.Fault(OutOfRange, token),
            _ => throw reader.Fault($"unknown operator {reader.Show(token)}", token),
        };
    }
}

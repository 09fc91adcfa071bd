using Plugins.Wasm.Text.Lexing;
using Plugins.Wasm.Text.Writing;

namespace Plugins.Wasm.Text.Parsing;

/// <summary>Goes through a module once, to learn what it declares before anything that uses it is read.</summary>
/// <remarks>Bodies are skipped. WebAssembly 3.0, section 6.6.1.</remarks>
internal sealed class DeclarationParser(TokenReader reader, ModuleScope scope)
{
    private readonly CustomSectionParser _custom = new(reader, scope.Output);
    private readonly List<ModuleField> _fields = [];
    private string? _definition;
    private bool _hasStart;

    /// <summary>Reads the whole text, and gives the module's fields in order.</summary>
    public IReadOnlyList<ModuleField> Read()
    {
        bool isNested = reader.TryTakeLeft("module"u8);
        if (isNested)
        {
            string? identifier = reader.TryTakeIdentifier();
            if ((NameAnnotation.TryTake(reader) ?? identifier) is string name)
            {
                scope.Output.Names.NameModule(name);
            }
        }

        while (true)
        {
            _custom.ReadAll();
            if (!reader.TryTake(TokenKind.Left))
            {
                break;
            }

            ReadField();
        }

        if (isNested)
        {
            reader.ExpectRight();
        }

        reader.Expect(TokenKind.End);
        return _fields;
    }

    private void ReadField()
    {
        if (KindOf(reader.Text) is not FieldKind kind)
        {
            throw reader.Unexpected();
        }

        reader.Take();
        _fields.Add(new ModuleField(kind, reader.Current));
        switch (kind)
        {
            case FieldKind.Type:
                Declare(scope.Types, NameKind.Type);
                break;
            case FieldKind.RecursiveTypes:
                ReadRecursiveTypes();
                break;
            case FieldKind.Import:
                ReadImport();
                break;
            case FieldKind.Start:
                CheckStart();
                break;
            case FieldKind.Element:
                Declare(scope.Elements, NameKind.Element);
                break;
            case FieldKind.Data:
                Declare(scope.Data, NameKind.Data);
                break;
            case not FieldKind.Export:
                ReadDefinition(kind);
                break;
        }

        reader.SkipToRight();
    }

    private void ReadRecursiveTypes()
    {
        while (reader.TryTakeLeft("type"u8))
        {
            Declare(scope.Types, NameKind.Type);
            reader.SkipToRight();
        }
    }

    private void ReadImport()
    {
        CheckImport();
        reader.Expect(TokenKind.String);
        reader.Expect(TokenKind.String);
        reader.Expect(TokenKind.Left);
        if (KindOf(reader.Text) is not FieldKind kind || SpaceOf(kind) is not var (space, names))
        {
            throw reader.Unexpected();
        }

        reader.Take();
        Declare(space, names);
        reader.SkipToRight();
    }

    // An export or an import may stand in it, and segments that have no field of their own.
    private void ReadDefinition(FieldKind kind)
    {
        if (SpaceOf(kind) is not var (space, names))
        {
            throw reader.Unexpected();
        }

        Declare(space, names);
        while (reader.TryTakeLeft("export"u8))
        {
            reader.SkipToRight();
        }

        if (reader.IsLeft("import"u8))
        {
            CheckImport();
            return;
        }

        _definition ??= kind switch
        {
            FieldKind.Function => "function",
            FieldKind.Table => "table",
            FieldKind.Memory => "memory",
            FieldKind.Tag => "tag",
            _ => "global",
        };
        CountInlineSegment(kind);
    }

    private void CountInlineSegment(FieldKind kind)
    {
        if (kind is not (FieldKind.Table or FieldKind.Memory))
        {
            return;
        }

        if (reader.IsKeyword("i32"u8) || reader.IsKeyword("i64"u8))
        {
            reader.Take();
        }

        if (kind == FieldKind.Memory)
        {
            SkipPageSize();
            scope.Data.Declare(reader.IsLeft("data"u8) ? 1u : 0);
        }
        else if (!reader.Is(TokenKind.Number))
        {
            SkipReferenceType();
            scope.Elements.Declare(reader.IsLeft("elem"u8) ? 1u : 0);
        }
    }

    // Its types may not be declared yet.
    private void SkipReferenceType()
    {
        if (reader.Take().Kind == TokenKind.Left)
        {
            reader.SkipToRight();
        }
    }

    private void SkipPageSize()
    {
        if (reader.TryTakeLeft("pagesize"u8))
        {
            reader.SkipToRight();
        }
    }

    private void CheckImport()
    {
        if (_definition is not null)
        {
            throw reader.Fault($"import after {_definition}", reader.Current);
        }
    }

    private void CheckStart()
    {
        if (_hasStart)
        {
            throw reader.Fault("multiple start sections", reader.Current);
        }

        _hasStart = true;
    }

    private void Declare(IndexSpace space, NameKind kind)
    {
        uint index = space.Count;
        if (space.Declare(reader) is string name)
        {
            scope.Output.Names.Add(kind, index, name);
        }
    }

    private (IndexSpace Space, NameKind Names)? SpaceOf(FieldKind kind) => kind switch
    {
        FieldKind.Function => (scope.Functions, NameKind.Function),
        FieldKind.Table => (scope.Tables, NameKind.Table),
        FieldKind.Memory => (scope.Memories, NameKind.Memory),
        FieldKind.Tag => (scope.Tags, NameKind.Tag),
        FieldKind.Global => (scope.Globals, NameKind.Global),
        _ => null,
    };

    private static FieldKind? KindOf(ReadOnlySpan<byte> word) =>
        word.SequenceEqual("func"u8) ? FieldKind.Function
        : word.SequenceEqual("type"u8) ? FieldKind.Type
        : word.SequenceEqual("rec"u8) ? FieldKind.RecursiveTypes
        : word.SequenceEqual("import"u8) ? FieldKind.Import
        : word.SequenceEqual("table"u8) ? FieldKind.Table
        : word.SequenceEqual("memory"u8) ? FieldKind.Memory
        : word.SequenceEqual("tag"u8) ? FieldKind.Tag
        : word.SequenceEqual("global"u8) ? FieldKind.Global
        : word.SequenceEqual("export"u8) ? FieldKind.Export
        : word.SequenceEqual("start"u8) ? FieldKind.Start
        : word.SequenceEqual("elem"u8) ? FieldKind.Element
        : word.SequenceEqual("data"u8) ? FieldKind.Data
        : null;
}

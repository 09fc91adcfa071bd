using Plugins.Wasm.Features;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Binary;

/// <content>The sections that declare types and items.</content>
internal ref partial struct ModuleDecoder
{
    // Section 5.5.3.
    private void ReadCustom(int end)
    {
        CheckCount(
            nameof(ModuleLimits.CustomSections), _limits.CustomSections, _customSections.Count, _reader.Position);
        ModuleReader reader = _reader.Within(end - _reader.Position);
        string name = reader.ReadName(_limits.NameBytes);
        _customSections.Add(new CustomSection(name, reader.Position, reader.Remaining));
        _reader.MoveTo(end);
    }

    // Section 5.5.4.
    private void ReadTypes()
    {
        TypeSectionReader types = new(_limits, _cancellationToken);
        _types = types.Read(ref _reader);
        _firstUnknownIndex ??= types.FirstInvalid;
    }

    // Section 5.5.5.
    private void ReadImports()
    {
        _imports = new ImportType[_reader.ReadCount(nameof(ModuleLimits.Imports), _limits.Imports)];
        for (int i = 0; i < _imports.Length; i++)
        {
            ThrowIfCancelled();
            int offset = _reader.Position;
            string module = _reader.ReadName(_limits.NameBytes);
            string name = _reader.ReadName(_limits.NameBytes);
            _imports[i] = new ImportType(module, name, ReadImportDescription(offset));
        }

        _importedFunctions = _functions.Count;
        _importedTables = _tables.Count;
        _importedMemories = _memories.Count;
        _importedGlobals = _globals.Count;
        _importedTags = _tags.Count;
    }

    private ExternType ReadImportDescription(int offset)
    {
        int kindOffset = _reader.Position;
        return (ExternKind)_reader.ReadByte() switch
        {
            ExternKind.Function => AddFunction(offset),
            ExternKind.Table => AddTable(offset),
            ExternKind.Memory => AddMemory(offset),
            ExternKind.Global => AddGlobal(offset),
            ExternKind.Tag => AddTag(offset),
            _ => throw new MalformedModuleException("malformed import kind", kindOffset),
        };
    }

    // Section 5.5.6.
    private void ReadFunctions()
    {
        int count = _reader.ReadCount(nameof(ModuleLimits.Functions), _limits.Functions, _functions.Count);
        for (int i = 0; i < count; i++)
        {
            ThrowIfCancelled();
            AddFunction(_reader.Position);
        }
    }

    // Section 5.5.7.
    private void ReadTables()
    {
        int count = _reader.ReadCount(nameof(ModuleLimits.Tables), _limits.Tables, _tables.Count);
        for (int i = 0; i < count; i++)
        {
            ThrowIfCancelled();
            int offset = _reader.Position;
            bool hasInitializer = ReadTableForm();
            TableType type = AddTable(offset);
            _tableInitializers.Add(hasInitializer ? ReadConstant() : DefaultOf(type, offset));
        }
    }

    // Section 5.5.7: zero for a type that has no null is found by validation.
    private bool ReadTableForm()
    {
        const byte WithInitializer = 0x40;
        if (_reader.PeekByte() != WithInitializer)
        {
            return false;
        }

        _reader.Skip(1);
        int offset = _reader.Position;
        return _reader.ReadByte() == 0 ? true : throw new MalformedModuleException("malformed table", offset);
    }

    private static ConstantExpression DefaultOf(TableType type, int offset) =>
        new(Opcode.RefNull, 0, type.Code.WithNull, offset);

    // Section 5.5.8.
    private void ReadMemories()
    {
        int count = _reader.ReadCount(nameof(ModuleLimits.Memories), _limits.Memories, _memories.Count);
        for (int i = 0; i < count; i++)
        {
            ThrowIfCancelled();
            AddMemory(_reader.Position);
        }
    }

    // WebAssembly 3.0, section 5.5.9.
    private void ReadTags()
    {
        int count = _reader.ReadCount(nameof(ModuleLimits.Tags), _limits.Tags, _tags.Count);
        for (int i = 0; i < count; i++)
        {
            ThrowIfCancelled();
            AddTag(_reader.Position);
        }
    }

    // Section 5.5.9.
    private void ReadGlobals()
    {
        int count = _reader.ReadCount(nameof(ModuleLimits.Globals), _limits.Globals, _globals.Count);
        _globalInitializers = new ConstantExpression[count];
        for (int i = 0; i < count; i++)
        {
            ThrowIfCancelled();
            AddGlobal(_reader.Position);
            _globalInitializers[i] = ReadConstant();
        }
    }

    // Section 5.5.10.
    private void ReadExports()
    {
        int count = _reader.ReadCount(nameof(ModuleLimits.Exports), _limits.Exports);
        _exports = new ExportType[count];
        _exportOffsets = new int[count];
        for (int i = 0; i < count; i++)
        {
            ThrowIfCancelled();
            _exportOffsets[i] = _reader.Position;
            _exports[i] = ReadExport();
        }
    }

    private ExportType ReadExport()
    {
        int offset = _reader.Position;
        string name = _reader.ReadName(_limits.NameBytes);
        int kindOffset = _reader.Position;
        ExternKind kind = (ExternKind)_reader.ReadByte();
        int index = _reader.ReadIndex();
        ExternType type = kind switch
        {
            ExternKind.Function => TypeAt(_functions.Count > index ? _functions[index] : -1, "function", index, offset),
            ExternKind.Table => EntryAt(_tables, "table", index, offset),
            ExternKind.Memory => EntryAt(_memories, "memory", index, offset),
            ExternKind.Global => EntryAt(_globals, "global", index, offset),
            ExternKind.Tag => EntryAt(_tags, "tag", index, offset),
            _ => throw new MalformedModuleException("malformed export kind", kindOffset),
        };
        return new ExportType(name, type, index);
    }

    // Section 5.5.11.
    private void ReadStart()
    {
        _startOffset = _reader.Position;
        _startFunction = _reader.ReadIndex();
    }

    private FunctionType AddFunction(int offset)
    {
        CheckCount(nameof(ModuleLimits.Functions), _limits.Functions, _functions.Count, offset);
        int index = _reader.ReadIndex();
        _functions.Add(index);
        _functionOffsets.Add(offset);
        return TypeAt(index, "type", index, offset);
    }

    private TableType AddTable(int offset)
    {
        CheckCount(nameof(ModuleLimits.Tables), _limits.Tables, _tables.Count, offset);
        TableType type = _reader.ReadTableType(_types);
        CheckKnown(type.Code, offset);
        if (type.Element == ValueKind.ExnRef)
        {
            // Each element could hold a payload that no limit counts.
            throw new UnsupportedFeatureException(
                new ForeignConstruct(WasmFeature.ExceptionHandling, "a table of exceptions"), offset);
        }

        _tables.Add(type);
        _tableOffsets.Add(offset);
        return type;
    }

    private MemoryType AddMemory(int offset)
    {
        CheckCount(nameof(ModuleLimits.Memories), _limits.Memories, _memories.Count, offset);
        MemoryType type = _reader.ReadMemoryType();
        _memories.Add(type);
        _memoryOffsets.Add(offset);
        return type;
    }

    private GlobalType AddGlobal(int offset)
    {
        CheckCount(nameof(ModuleLimits.Globals), _limits.Globals, _globals.Count, offset);
        GlobalType type = _reader.ReadGlobalType(_types);
        CheckKnown(type.Code, offset);
        _globals.Add(type);
        _globalOffsets.Add(offset);
        return type;
    }

    // WebAssembly 3.0, section 3.2.15: a tag gives nothing.
    private TagType AddTag(int offset)
    {
        CheckCount(nameof(ModuleLimits.Tags), _limits.Tags, _tags.Count, offset);
        if (_reader.ReadByte() != 0)
        {
            throw new MalformedModuleException("malformed tag attribute", offset);
        }

        int index = _reader.ReadIndex();
        FunctionType? type = TypeAt(index, "type", index, offset);
        if (type is { ResultCodes.Length: > 0 })
        {
            _firstUnknownIndex ??= new InvalidModuleException("non-empty tag result type", offset);
            type = null;
        }

        _tags.Add(type is null ? null! : new TagType(type));
        return _tags[^1];
    }

    // Imports share one count over all kinds, so each kind's own limit is checked here.
    private static void CheckCount(string limit, int allowed, int present, int offset)
    {
        if (present >= allowed)
        {
            throw new ModuleLimitException(limit, allowed, (long)present + 1, offset);
        }
    }

    private FunctionType TypeAt(int typeIndex, string space, int index, int offset)
    {
        FunctionType? type = (uint)typeIndex < (uint)_types.Count ? _types.Functions[typeIndex] : null;
        return type ?? Unknown<FunctionType>(space, index, offset);
    }

    // Gives a type read the number of what it refers to.
    private ValueCode Known(ValueCode code, int offset)
    {
        ValueCode known = _types.Resolve(code);
        CheckKnown(known, offset);
        return known;
    }

    private void CheckKnown(ValueCode code, int offset)
    {
        if (code.IsUnresolved)
        {
            _firstUnknownIndex ??= new InvalidModuleException("unknown type", offset);
        }
    }

    private T EntryAt<T>(List<T> entries, string space, int index, int offset) =>
        index < entries.Count ? entries[index] : Unknown<T>(space, index, offset);

    // The null never leaves the decoder: the exception is thrown instead of the module.
    private T Unknown<T>(string space, int index, int offset)
    {
        _firstUnknownIndex ??= new InvalidModuleException($"unknown {space} {index}", offset);
        return default!;
    }
}

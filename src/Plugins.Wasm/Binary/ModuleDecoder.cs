using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Plugins.Wasm.Features;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Binary;

/// <summary>Decodes a module in one pass over its bytes; the instructions of bodies are left to validation.</summary>
/// <remarks>
/// Nothing is allocated for a count before it has been compared with its limit and with the bytes that are left.
/// An index without an entry makes a module invalid, not malformed: it is remembered and reported once the rest has
/// been decoded. WebAssembly 2.0, section 5.5.
/// </remarks>
internal ref partial struct ModuleDecoder
{
    private readonly byte[] _bytes;
    private readonly ModuleLimits _limits;
    private readonly CancellationToken _cancellationToken;
    private readonly List<int> _functionOffsets = [];
    private readonly List<int> _tableOffsets = [];
    private readonly List<int> _memoryOffsets = [];
    private readonly List<int> _globalOffsets = [];
    private readonly List<int> _functions = [];
    private readonly List<TableType> _tables = [];
    private readonly List<MemoryType> _memories = [];
    private readonly List<GlobalType> _globals = [];
    private readonly List<TagType> _tags = [];
    private readonly EntryList<ConstantExpression> _tableInitializers = new();
    private readonly EntryList<CustomSection> _customSections = new();
    private readonly EntryList<LocalGroup> _localGroups = new();

    private ModuleReader _reader;
    private ModuleTypes _types = ModuleTypes.None;
    private ImportType[] _imports = [];
    private ExportType[] _exports = [];
    private int[] _exportOffsets = [];
    private ConstantExpression[] _globalInitializers = EntryList<ConstantExpression>.None;
    private ElementSegment[] _elements = [];
    private int _elementItems;
    private DataSegment[] _data = [];
    private FunctionBody[] _bodies = [];
    private int _importedFunctions;
    private int _importedTables;
    private int _importedMemories;
    private int _importedGlobals;
    private int _importedTags;
    private int? _dataCount;
    private int? _startFunction;
    private int _startOffset;
    private InvalidModuleException? _firstUnknownIndex;

    private ModuleDecoder(byte[] bytes, ModuleLimits limits, CancellationToken cancellationToken)
    {
        _bytes = bytes;
        _limits = limits;
        _cancellationToken = cancellationToken;
        _reader = new ModuleReader(bytes);
    }

    /// <summary>What every module begins with: the magic number and the version.</summary>
    public static ReadOnlySpan<byte> Header => [0x00, 0x61, 0x73, 0x6D, 0x01, 0x00, 0x00, 0x00];

    /// <summary>Decodes <paramref name="binary"/> within <paramref name="limits"/>.</summary>
    /// <exception cref="MalformedModuleException">The bytes are not a module.</exception>
    /// <exception cref="InvalidModuleException">A type or an exported item does not exist.</exception>
    /// <exception cref="ModuleLimitException">The module is too large in some respect.</exception>
    /// <exception cref="UnsupportedFeatureException">The module uses a proposal that the engine lacks.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static BinaryModule Decode(
        ReadOnlySpan<byte> binary, ModuleLimits limits, CancellationToken cancellationToken = default)
    {
        CheckStart(binary, limits);
        return DecodeRest(binary.ToArray(), limits, cancellationToken);
    }

    /// <summary>Decodes <paramref name="binary"/>, which nobody can change, and keeps it.</summary>
    /// <inheritdoc cref="Decode(ReadOnlySpan{byte}, ModuleLimits, CancellationToken)"/>
    public static BinaryModule Decode(
        ImmutableArray<byte> binary, ModuleLimits limits, CancellationToken cancellationToken)
    {
        CheckStart(binary.AsSpan(), limits);
        return DecodeRest(ImmutableCollectionsMarshal.AsArray(binary) ?? [], limits, cancellationToken);
    }

    private static BinaryModule DecodeRest(byte[] bytes, ModuleLimits limits, CancellationToken cancellationToken)
    {
        ModuleDecoder decoder = new(bytes, limits, cancellationToken);
        decoder.ReadSections();
        decoder.CheckCounts();
        return decoder._firstUnknownIndex is InvalidModuleException refusal ? throw refusal : decoder.ToModule();
    }

    /// <summary>Checks what there is to check before the bytes are copied.</summary>
    private static void CheckStart(ReadOnlySpan<byte> binary, ModuleLimits limits)
    {
        limits.ThrowIfOutOfRange();
        if (binary.Length > limits.ModuleBytes)
        {
            throw new ModuleLimitException(nameof(ModuleLimits.ModuleBytes), limits.ModuleBytes, binary.Length, 0);
        }

        CheckHeader(binary);
    }

    public static void CheckHeader(ReadOnlySpan<byte> binary)
    {
        const int MagicLength = 4;
        CheckHeaderPart(binary, 0, Header[..MagicLength], "magic header not detected");
        if (IsComponent(binary[MagicLength..]))
        {
            throw new UnsupportedFeatureException(
                new ForeignConstruct(WasmFeature.ComponentModel, "a component instead of a module"), MagicLength);
        }

        CheckHeaderPart(binary, MagicLength, Header[MagicLength..], "unknown binary version");
    }

    // The second half of its version says that it is one; the first is that of the draft, which is at 13.
    private static bool IsComponent(ReadOnlySpan<byte> version) =>
        version is [>= 0x0A and <= 0x0F, 0x00, 0x01, 0x00, ..];

    private static void CheckHeaderPart(ReadOnlySpan<byte> binary, int start, ReadOnlySpan<byte> part, string reason)
    {
        ReadOnlySpan<byte> rest = binary[start..];
        if (rest.Length < part.Length)
        {
            throw new MalformedModuleException("unexpected end", binary.Length);
        }

        if (!rest.StartsWith(part))
        {
            throw new MalformedModuleException(reason, start);
        }
    }

    private void ReadSections()
    {
        _reader.MoveTo(Header.Length);
        int lastRank = 0;
        while (!_reader.IsAtEnd)
        {
            ThrowIfCancelled();
            int offset = _reader.Position;
            SectionId id = (SectionId)_reader.ReadByte();
            CheckOrder(id, ref lastRank, offset);
            int length = _reader.ReadLength();
            int end = _reader.Position + length;
            ReadSection(id, end);
            if (_reader.Position != end)
            {
                throw new MalformedModuleException("section size mismatch", offset);
            }
        }
    }

    // Asked for every entry of every section: there can be a million of each.
    private readonly void ThrowIfCancelled() => _cancellationToken.ThrowIfCancellationRequested();

    private static void CheckOrder(SectionId id, ref int lastRank, int offset)
    {
        int rank = RankOf(id, offset);
        if (rank != 0 && rank <= lastRank)
        {
            throw new MalformedModuleException("unexpected content after last section", offset);
        }

        lastRank = Math.Max(rank, lastRank);
    }

    // Each section stands once at the most, in this order; custom sections stand anywhere (section 5.5.2).
    private static int RankOf(SectionId id, int offset) => id switch
    {
        <= SectionId.Memory => (int)id,
        SectionId.Tag => 6,
        <= SectionId.Element => (int)id + 1,
        SectionId.DataCount => 11,
        SectionId.Code => 12,
        SectionId.Data => 13,
        _ => throw new MalformedModuleException("malformed section id", offset),
    };

    private void ReadSection(SectionId id, int end)
    {
        switch (id)
        {
            case SectionId.Custom: ReadCustom(end); break;
            case SectionId.Type: ReadTypes(); break;
            case SectionId.Import: ReadImports(); break;
            case SectionId.Function: ReadFunctions(); break;
            case SectionId.Table: ReadTables(); break;
            case SectionId.Memory: ReadMemories(); break;
            case SectionId.Tag: ReadTags(); break;
            case SectionId.Global: ReadGlobals(); break;
            case SectionId.Export: ReadExports(); break;
            case SectionId.Start: ReadStart(); break;
            case SectionId.Element: ReadElements(); break;
            case SectionId.DataCount: ReadDataCount(); break;
            case SectionId.Code: ReadBodies(); break;
            default: ReadData(); break;
        }
    }

    // Section 5.5.16.
    private readonly void CheckCounts()
    {
        if (_functions.Count - _importedFunctions != _bodies.Length)
        {
            throw new MalformedModuleException("function and code section have inconsistent lengths", _bytes.Length);
        }

        if (_dataCount is int count && count != _data.Length)
        {
            throw new MalformedModuleException("data count and data section have inconsistent lengths", _bytes.Length);
        }
    }

    private readonly BinaryModule ToModule() => new()
    {
        Bytes = _bytes,
        Definitions = _types,
        Imports = _imports,
        Exports = _exports,
        FunctionTypeIndices = [.. _functions],
        Tables = [.. _tables],
        Memories = [.. _memories],
        Globals = [.. _globals],
        Tags = [.. _tags],
        GlobalInitializers = _globalInitializers,
        TableInitializers = _tableInitializers.ToArray(),
        ImportedFunctionCount = _importedFunctions,
        ImportedTableCount = _importedTables,
        ImportedMemoryCount = _importedMemories,
        ImportedGlobalCount = _importedGlobals,
        ImportedTagCount = _importedTags,
        StartFunction = _startFunction,
        StartOffset = _startOffset,
        Elements = _elements,
        Data = _data,
        DataCount = _dataCount,
        Bodies = _bodies,
        CustomSections = _customSections.ToArray(),
        Offsets = new EntryOffsets(
            [.. _functionOffsets], [.. _tableOffsets], [.. _memoryOffsets], [.. _globalOffsets], _exportOffsets),
    };
}

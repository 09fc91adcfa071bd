using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Binary.Sections;
using Plugins.Wasm.Debugging;
using Plugins.Wasm.Diagnostics;
using Plugins.Wasm.Types;
using Plugins.Wasm.Validation;

namespace Plugins.Wasm;

/// <summary>The contents of a valid module, for tools and other engines; nothing of it is compiled.</summary>
/// <remarks>
/// Immutable and safe for use by many threads. Names are the module's words: escape them before showing.
/// </remarks>
public sealed class ModuleDescription
{
    private readonly NameSection _names;
    private readonly Lazy<Dictionary<int, string>> _exportedNames;
    private readonly Lazy<string[]> _features;
    private readonly Lazy<ModuleSection[]> _sections;
    private readonly Lazy<FunctionReferences> _references;
    private readonly Lazy<SourcePositions> _sources;

    private ModuleDescription(BinaryModule binary, ModuleLimits limits)
    {
        Binary = binary;
        Imports = ImmutableCollectionsMarshal.AsImmutableArray(binary.Imports);
        Exports = ImmutableCollectionsMarshal.AsImmutableArray(binary.Exports);
        Memories = ImmutableCollectionsMarshal.AsImmutableArray(binary.Memories);
        Tables = ImmutableCollectionsMarshal.AsImmutableArray(binary.Tables);
        _names = new NameSection(binary);
        _exportedNames = new Lazy<Dictionary<int, string>>(NameExportedFunctions);
        _features = new Lazy<string[]>(() => UsedFeatures.Find(binary));
        _sections = new Lazy<ModuleSection[]>(() => [.. SectionList.Read(binary.Bytes, limits)]);
        _references = new Lazy<FunctionReferences>(() => new FunctionReferences(binary));
        _sources = new Lazy<SourcePositions>(() => new SourcePositions(binary.Bytes));
    }

    /// <summary>The module in the binary format, a copy of what was read.</summary>
    public ReadOnlyMemory<byte> Bytes => Binary.Bytes;

    /// <summary>The module's name from its name section.</summary>
    /// <value>Null where it has none.</value>
    public string? Name => _names.ModuleName;

    /// <summary>Imports, in the module's order.</summary>
    public ImmutableArray<ImportType> Imports { get; }

    /// <summary>Exports, in the module's order.</summary>
    public ImmutableArray<ExportType> Exports { get; }

    /// <summary>All memories by index, imported ones first.</summary>
    public ImmutableArray<MemoryType> Memories { get; }

    /// <summary>All tables by index, imported ones first.</summary>
    public ImmutableArray<TableType> Tables { get; }

    /// <summary>WebAssembly features beyond its first version that the module uses, in alphabetical order.</summary>
    /// <value>
    /// <c>bulk-memory</c>, <c>exception-handling</c>, <c>function-references</c>, <c>legacy-exceptions</c>,
    /// <c>multi-value</c>, <c>mutable-globals</c>, <c>nontrapping-fptoint</c>, <c>reference-types</c>, <c>sign-ext</c>:
    /// the names of toolchains, and of a manifest's <c>features</c>.
    /// </value>
    /// <remarks>The code is read through when this is asked for first.</remarks>
    public ImmutableArray<string> Features => ImmutableCollectionsMarshal.AsImmutableArray(_features.Value);

    /// <summary>The sections as they stand in the module, custom ones among them.</summary>
    public ImmutableArray<ModuleSection> Sections => ImmutableCollectionsMarshal.AsImmutableArray(_sections.Value);

    /// <summary>The tools and languages that the module says it was made by, at most 100.</summary>
    /// <value>Empty where it has no section <c>producers</c>.</value>
    public ImmutableArray<ModuleProducer> Producers =>
        [.. ToolSections.ReadProducers(GetCustomSections("producers").FirstOrDefault().Span)];

    /// <summary>The features that its compiler was told to use (<c>+</c>) or not to use (<c>-</c>).</summary>
    /// <value>Empty where it has no section <c>target_features</c>; at most 100.</value>
    /// <remarks>The module's words; <see cref="Features"/> has what its code really uses.</remarks>
    public ImmutableArray<string> TargetFeatures =>
        [.. ToolSections.ReadTargetFeatures(GetCustomSections("target_features").FirstOrDefault().Span)];

    /// <summary>The lines of the module's source, as far as its own debug information tells.</summary>
    /// <remarks>Read when one is asked for first.</remarks>
    public SourcePositions Sources => _sources.Value;

    /// <summary>The number of functions, imported ones counted.</summary>
    public int FunctionCount => Binary.FunctionTypeIndices.Length;

    /// <summary>The index of the function that instantiation runs.</summary>
    /// <value>Null where the module has none.</value>
    public int? StartFunction => Binary.StartFunction;

    /// <summary>The names of all features that a description can be made with.</summary>
    internal static IReadOnlySet<string> KnownFeatures => UsedFeatures.Known;

    internal BinaryModule Binary { get; }

    /// <summary>Whether any function changes a table.</summary>
    internal bool ChangesTables { get; init; }

    /// <summary>Whether anything but calls by its index can lead to a function: the host, tables, references.</summary>
    internal bool IsReferredTo(int function) => _references.Value.Contains((uint)function);

    /// <summary>The type of a function.</summary>
    /// <param name="index">Its index, imported functions counted.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such function.</exception>
    public FunctionType GetFunctionType(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, FunctionCount);
        return Binary.TypeOfFunction(index);
    }

    /// <summary>A function's name from the name section, else the first name it is exported under, else null.</summary>
    /// <param name="index">Its index, imported functions counted; one that does not exist has no name.</param>
    /// <remarks>Cut to 256 bytes, or characters of an export's name. Of each function one string is made.</remarks>
    public string? GetFunctionName(int index) =>
        _names.FunctionName(index) ?? _exportedNames.Value.GetValueOrDefault(index);

    /// <summary>A function's name for people: as the source has it, where Rust or C++ mangled it.</summary>
    /// <param name="index">Its index, imported functions counted; one that does not exist has no name.</param>
    /// <remarks>
    /// Cut to 256 characters; otherwise as <see cref="GetFunctionName"/>. It is the module's word: anyone can write a
    /// name that reads like any function's.
    /// </remarks>
    public string? GetReadableFunctionName(int index) =>
        _names.ReadableFunctionName(index) ?? _exportedNames.Value.GetValueOrDefault(index);

    /// <summary>The names of a function's locals by their indices, parameters first.</summary>
    /// <param name="index">The function's index; one that does not exist, or is imported, has none.</param>
    /// <returns>Those that the name section has, each cut to 256 bytes; read anew each time.</returns>
    public IReadOnlyDictionary<int, string> GetLocalNames(int index) => _names.LocalNames(index);

    /// <summary>Where the code of a function begins, in bytes from the module's start.</summary>
    /// <param name="index">Its index, imported functions counted.</param>
    /// <returns>The offset of its first instruction; null for an imported function.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such function.</exception>
    public int? GetCodeOffset(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, FunctionCount);
        int own = index - Binary.ImportedFunctionCount;
        return own < 0 ? null : Binary.Bodies[own].Start;
    }

    /// <summary>The contents of the custom sections of that name, in order; views of one copy of the module.</summary>
    /// <param name="name">The sections' name, compared by its characters.</param>
    public IEnumerable<ReadOnlyMemory<byte>> GetCustomSections(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Binary.CustomSections
            .Where(section => section.Name == name)
            .Select(section => (ReadOnlyMemory<byte>)Binary.Bytes.AsMemory(section.Start, section.Length));
    }

    internal static ModuleDescription Read(
        ReadOnlySpan<byte> binary,
        ModuleLimits limits,
        IReadOnlySet<string> features,
        CancellationToken cancellationToken) =>
        Validate(ModuleDecoder.Decode(binary, limits, cancellationToken), limits, features, cancellationToken);

    internal static ModuleDescription Read(
        ImmutableArray<byte> binary,
        ModuleLimits limits,
        IReadOnlySet<string> features,
        CancellationToken cancellationToken) =>
        Validate(ModuleDecoder.Decode(binary, limits, cancellationToken), limits, features, cancellationToken);

    private static ModuleDescription Validate(
        BinaryModule module,
        ModuleLimits limits,
        IReadOnlySet<string> features,
        CancellationToken cancellationToken)
    {
        bool changesTables = ModuleValidator.Validate(module, limits, cancellationToken);
        UsedFeatures.ThrowIfOutside(module, features, limits);
        return new ModuleDescription(module, limits) { ChangesTables = changesTables };
    }

    private Dictionary<int, string> NameExportedFunctions()
    {
        Dictionary<int, string> names = [];
        foreach (ExportType export in Binary.Exports)
        {
            if (export.Type.Kind == ExternKind.Function)
            {
                names.TryAdd(export.Index, ForeignText.Cut(export.Name, ForeignText.NameBytes));
            }
        }

        return names;
    }
}

using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Debugging;
using Plugins.Wasm.Diagnostics;
using Plugins.Wasm.Runtime;
using Plugins.Wasm.Runtime.Code;
using Plugins.Wasm.Runtime.Interpretation;
using Plugins.Wasm.Runtime.Memories;
using Plugins.Wasm.Runtime.Tiering;
using Plugins.Wasm.Types;

namespace Plugins.Wasm;

/// <summary>A module that was decoded, validated and compiled, ready for any number of instances.</summary>
/// <remarks>
/// Immutable and safe for use by many threads. Nothing has to be disposed: its code is unloaded by the garbage
/// collector once the module, its instances and their functions are unreachable. WebAssembly 2.0, section 2.5.
/// </remarks>
public sealed partial class Module
{
    private readonly Dictionary<string, ExportType> _exports;
    private readonly TypeIdentity?[] _typeIdentities;
    private readonly ModuleDescription _description;
    private WeakReference<MemoryImage[]>? _images;

    /// <param name="description">What was decoded and validated.</param>
    /// <param name="metersFuel">Whether the code counts fuel.</param>
    /// <param name="canonicalizesNaNs">Whether arithmetic gives only the canonical NaN.</param>
    /// <param name="translate">Translates its functions for the interpreter.</param>
    /// <param name="origin">Finds what a part of such a translation comes from.</param>
    /// <param name="compiler">Makes what compiles its functions, once everything else is known; null for none.</param>
    /// <param name="tiering">When functions are compiled.</param>
    private Module(
        ModuleDescription description,
        bool metersFuel,
        bool canonicalizesNaNs,
        Func<Module, FunctionTranslation> translate,
        Func<Module, CellOrigin> origin,
        Func<Module, IFunctionCompiler?>? compiler,
        TieringOptions tiering)
    {
        BinaryModule binary = description.Binary;
        _description = description;
        MetersFuel = metersFuel;
        CanonicalizesNaNs = canonicalizesNaNs;
        _exports = binary.Exports.ToDictionary(export => export.Name, StringComparer.Ordinal);
        _typeIdentities = new TypeIdentity?[binary.Definitions.Count];
        for (int i = 0; i < _typeIdentities.Length; i++)
        {
            DefinedType definition = binary.Definitions[i];
            if (definition.Function is FunctionType type)
            {
                _typeIdentities[i] = TypeIdentity.Of(definition);
                MaximumResults = Math.Max(MaximumResults, type.ResultKinds.Length);
                HasVectorResults |= type.HasVectorResult;
            }
        }

        Globals = GlobalPlace.Plan(binary);
        MayChangeTables =
            description.ChangesTables || binary.Exports.Any(export => export.Type.Kind == ExternKind.Table);
        Interpretation = new InterpretedCode(binary.Bodies.Length, translate(this), origin(this));
        Tiers = new FunctionTiers(this, compiler?.Invoke(this), tiering);
    }

    /// <summary>Imports, in the module's order.</summary>
    public ImmutableArray<ImportType> Imports => _description.Imports;

    /// <summary>Exports, in the module's order.</summary>
    public ImmutableArray<ExportType> Exports => _description.Exports;

    /// <summary>The module's name from its name section, or null.</summary>
    public string? Name => _description.Name;

    /// <summary>The lines of the module's source, as far as its own debug information tells.</summary>
    /// <remarks>Read when one is asked for first; frames of a trap's backtrace have the offsets to ask for.</remarks>
    public SourcePositions Sources => _description.Sources;

    /// <summary>True if it was compiled with <see cref="ModuleOptions.MeterFuel"/>.</summary>
    public bool MetersFuel { get; }

    /// <summary>True if it was compiled with <see cref="ModuleOptions.CanonicalizesNaNs"/>.</summary>
    public bool CanonicalizesNaNs { get; }

    /// <summary>How each of the module's own functions is run, as of now.</summary>
    public IReadOnlyList<FunctionReport> Functions => FunctionReports.Of(this);

    /// <summary>Compiles, ahead of need, every function that is not compiled yet, on a thread of its own.</summary>
    /// <param name="progress">Told how many are done, on that thread.</param>
    /// <param name="cancellationToken">
    /// Stops it between two functions; what is compiled by then is used, and the rest as if this had not been called.
    /// </param>
    /// <returns>
    /// A task that ends when they are; at once where nothing is compiled (<see cref="ExecutionMode.Interpreted"/>, and
    /// where code cannot be generated).
    /// </returns>
    /// <remarks>
    /// Calls go on meanwhile. Functions that are not cheap to compile, and those for which there is no time left
    /// (<see cref="ModuleOptions.CompilationTime"/>), stay interpreted.
    /// </remarks>
    public Task CompileFunctionsAsync(
        IProgress<CompilationProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        return Tiers.Compiles
            ? CompilationQueue.RunAsync(() => Tiers.CompileAll(progress, cancellationToken), cancellationToken)
            : Task.CompletedTask;
    }

    internal BinaryModule Binary => _description.Binary;

    internal InterpretedCode Interpretation { get; }

    internal FunctionTiers Tiers { get; }

    internal GlobalPlace[] Globals { get; }

    internal int MaximumResults { get; }

    /// <summary>Whether any of its types has a vector among its results.</summary>
    internal bool HasVectorResults { get; }

    /// <summary>True if anything but initialisation can change the module's own tables.</summary>
    internal bool MayChangeTables { get; }

    /// <summary>The custom sections of that name, in order. Their contents are the guest's words.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> GetCustomSections(string name) => _description.GetCustomSections(name);

    internal bool TryGetExport(string name, [NotNullWhen(true)] out ExportType? export) =>
        _exports.TryGetValue(name, out export);

    /// <summary>
    /// Whether compiled code of a function is given its fuel as an argument and returns what is left, so that it stays
    /// in registers, instead of finding it in the store.
    /// </summary>
    /// <remarks>
    /// Only where nothing but calls by its index leads to it: whoever calls by a reference knows only its type.
    /// RATIONALE.md, "Why is fuel passed from call to call?".
    /// </remarks>
    internal bool PassesFuel(int function) =>
        MetersFuel
        && Signature.ReturnsPairs
        && function >= Binary.ImportedFunctionCount
        && !_description.IsReferredTo(function);

    internal TypeIdentity TypeIdentityOf(int function) => TypeIdentityAt(Binary.FunctionTypeIndices[function]);

    internal TypeIdentity TypeIdentityAt(int type) => _typeIdentities[type]!;

    /// <summary>A function's name from the name section, else the first name it is exported under.</summary>
    /// <summary>A function's name for people, demangled where it is one of Rust's or C++'s, or null.</summary>
    /// <param name="index">Its index, imported functions counted; one that does not exist has no name.</param>
    /// <remarks><see cref="ModuleDescription.GetReadableFunctionName"/> says more. It is the guest's word.</remarks>
    public string? GetReadableFunctionName(int index) => _description.GetReadableFunctionName(index);

    /// <summary>The slots that arguments and results of one of the module's own functions take.</summary>
    internal int SlotCountOf(int function) =>
        Binary.TypeOfFunction(function + Binary.ImportedFunctionCount).SlotCount;

    /// <summary>Equal images of an earlier snapshot, so that instances share them, or these.</summary>
    internal MemoryImage[] Share(MemoryImage[] images)
    {
        if (_images?.TryGetTarget(out MemoryImage[]? earlier) == true && AreAlike(earlier, images))
        {
            return earlier;
        }

        _images = new WeakReference<MemoryImage[]>(images);
        return images;
    }

    private static bool AreAlike(MemoryImage[] first, MemoryImage[] second)
    {
        bool areAlike = first.Length == second.Length;
        for (int i = 0; areAlike && i < first.Length; i++)
        {
            areAlike = first[i].IsLike(second[i]);
        }

        return areAlike;
    }
}

using System.Runtime.Intrinsics;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Binary;

/// <summary>A decoded module. All index spaces hold the imports first, as in the specification.</summary>
/// <remarks>Immutable once decoded. WebAssembly 2.0, section 2.5.</remarks>
internal sealed class BinaryModule
{
    /// <summary>The bytes of a vector.</summary>
    public const int VectorBytes = 16;

    /// <summary>The module's own copy of its bytes.</summary>
    public required byte[] Bytes { get; init; }

    public required ModuleTypes Definitions { get; init; }

    /// <summary>The function types by index; in a valid module none is asked for where there is another type.</summary>
    public FunctionType[] Types => Definitions.Functions!;

    public required ImportType[] Imports { get; init; }

    public required ExportType[] Exports { get; init; }

    /// <summary>The type index of every function.</summary>
    public required int[] FunctionTypeIndices { get; init; }

    public required TableType[] Tables { get; init; }

    public required MemoryType[] Memories { get; init; }

    public required GlobalType[] Globals { get; init; }

    public required TagType[] Tags { get; init; }

    /// <summary>The initial values of the module's own globals.</summary>
    public required ConstantExpression[] GlobalInitializers { get; init; }

    /// <summary>What the elements of the module's own tables are at first.</summary>
    public required ConstantExpression[] TableInitializers { get; init; }

    public required int ImportedFunctionCount { get; init; }

    public required int ImportedTableCount { get; init; }

    public required int ImportedMemoryCount { get; init; }

    public required int ImportedGlobalCount { get; init; }

    public required int ImportedTagCount { get; init; }

    /// <summary>The index of the start function, or null.</summary>
    public required int? StartFunction { get; init; }

    /// <summary>Where the start section's index stands, for errors.</summary>
    public required int StartOffset { get; init; }

    public required ElementSegment[] Elements { get; init; }

    public required DataSegment[] Data { get; init; }

    /// <summary>The data count section's number, or null where there is none.</summary>
    public required int? DataCount { get; init; }

    /// <summary>The bodies of the module's own functions, in order.</summary>
    public required FunctionBody[] Bodies { get; init; }

    public required CustomSection[] CustomSections { get; init; }

    /// <summary>Where each entry of the index spaces begins, for errors.</summary>
    public required EntryOffsets Offsets { get; init; }

    /// <summary>The vector, or the numbers of lanes, that stand at a position.</summary>
    public Vector128<byte> VectorAt(ulong position) => Vector128.Create(Bytes.AsSpan((int)position, VectorBytes));

    public FunctionType TypeOfFunction(int index) => Types[FunctionTypeIndices[index]];
}

using System.Collections.Frozen;
using Plugins.Manifest;
using Plugins.Wasm.Types;

namespace Plugins.Host.Abi;

/// <summary>The types of everything in guest ABI v1; docs/abi.md is the contract.</summary>
/// <remarks>Immutable, safe to use from any thread.</remarks>
public static class AbiContract
{
    private const ValueKind I32 = ValueKind.I32;

    private static readonly FunctionType ReturnsNumber = new([], [I32]);
    private static readonly FunctionType ReadsRange = new([I32, I32], [I32]);
    private static readonly FunctionType TakesRange = new([I32, I32], []);

    private static readonly FrozenDictionary<string, FunctionType> AbiFunctions =
        new Dictionary<string, FunctionType>(StringComparer.Ordinal)
        {
            [AbiNames.InputLength] = ReturnsNumber,
            [AbiNames.InputRead] = ReadsRange,
            [AbiNames.OutputWrite] = TakesRange,
            [AbiNames.ErrorWrite] = TakesRange,
            [AbiNames.ResultLength] = ReturnsNumber,
            [AbiNames.ResultRead] = ReadsRange,
            [AbiNames.Log] = new([I32, I32, I32], []),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The functions of module <c>plugins:abi/v1</c>, by name.</summary>
    public static IReadOnlyDictionary<string, FunctionType> Functions => AbiFunctions;

    /// <summary>The type of every capability: <c>(i32, i32) -> i32</c>.</summary>
    public static FunctionType Capability => ReadsRange;

    /// <summary>The type of every function that a manifest lists: <c>() -> i32</c>.</summary>
    public static FunctionType Entry => ReturnsNumber;

    /// <summary>The type of <see cref="AbiNames.Initialize"/>: <c>() -> ()</c>.</summary>
    public static FunctionType Initialize { get; } = new([], []);

    /// <summary>True if a manifest could list an export as a function, by its type and its name.</summary>
    /// <param name="export">An export of any kind.</param>
    /// <returns>True for a <c>() -> i32</c> under a valid name other than <see cref="AbiNames.Initialize"/>.</returns>
    public static bool IsEntry(ExportType export)
    {
        ArgumentNullException.ThrowIfNull(export);
        return export.Type is FunctionType type && type.Equals(Entry)
            && export.Name != AbiNames.Initialize && ExportedFunction.IsValidName(export.Name);
    }
}

using System.Collections.Frozen;
using Plugins.Wasm.Types;

namespace Plugins.Host.Abi;

/// <summary>The types of everything in guest ABI v1.</summary>
internal static class AbiContract
{
    private const ValueKind I32 = ValueKind.I32;

    private static readonly FunctionType ReturnsNumber = new([], [I32]);
    private static readonly FunctionType ReadsRange = new([I32, I32], [I32]);
    private static readonly FunctionType TakesRange = new([I32, I32], []);

    /// <summary>The functions of module <c>plugins:abi/v1</c>.</summary>
    internal static FrozenDictionary<string, FunctionType> Functions { get; } =
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

    /// <summary>The one type of every capability.</summary>
    internal static FunctionType Capability => ReadsRange;

    /// <summary>The type of every function that the manifest lists.</summary>
    internal static FunctionType Entry => ReturnsNumber;

    internal static FunctionType Initialize { get; } = new([], []);
}

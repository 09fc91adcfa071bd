using Plugins.Wasm.Binary;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Validation;

/// <summary>The function types that block types stand for.</summary>
/// <remarks>Safe for use by many threads. WebAssembly 3.0, section 3.2.9.</remarks>
internal static class BlockSignatures
{
    // By the codes of types that a module does not define, all of which are a byte; made when they are used.
    private static readonly FunctionType?[] s_abstract = new FunctionType?[byte.MaxValue + 1];

    /// <summary>No parameters and no results.</summary>
    public static FunctionType None { get; } = FunctionType.Adopt(FunctionType.NoCodes, FunctionType.NoCodes);

    /// <summary>What <paramref name="type"/> takes and gives, or null where the type it names is missing.</summary>
    public static FunctionType? Find(BlockType type, ModuleTypes types)
    {
        if (type.TypeIndex >= 0)
        {
            return type.TypeIndex < types.Count ? types.Functions[type.TypeIndex] : null;
        }

        if (type.Result == ValueCode.None)
        {
            return None;
        }

        return types.TypeOf(type.Result) is DefinedType defined
            ? defined.AsResult(type.Result.HasDefault)
            : s_abstract[(byte)type.Result] ??= FunctionType.Adopt(FunctionType.NoCodes, [type.Result]);
    }
}

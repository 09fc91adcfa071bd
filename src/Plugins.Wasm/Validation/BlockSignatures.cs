using Plugins.Wasm.Binary;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Validation;

/// <summary>The function types that block types stand for.</summary>
/// <remarks>Safe for use by many threads. WebAssembly 2.0, section 3.2.2.</remarks>
internal static class BlockSignatures
{
    private static readonly FunctionType I32 = Giving(ValueKind.I32);
    private static readonly FunctionType I64 = Giving(ValueKind.I64);
    private static readonly FunctionType F32 = Giving(ValueKind.F32);
    private static readonly FunctionType F64 = Giving(ValueKind.F64);
    private static readonly FunctionType FuncRef = Giving(ValueKind.FuncRef);
    private static readonly FunctionType ExternRef = Giving(ValueKind.ExternRef);

    /// <summary>No parameters and no results.</summary>
    public static FunctionType None { get; } =
        FunctionType.Adopt(EntryList<ValueKind>.None, EntryList<ValueKind>.None);

    /// <summary>What <paramref name="type"/> takes and gives, or null where the type it names is missing.</summary>
    public static FunctionType? Find(BlockType type, FunctionType[] types)
    {
        if (type.TypeIndex >= 0)
        {
            return type.TypeIndex < types.Length ? types[type.TypeIndex] : null;
        }

        return type.Result switch
        {
            ValueKind.I32 => I32,
            ValueKind.I64 => I64,
            ValueKind.F32 => F32,
            ValueKind.F64 => F64,
            ValueKind.FuncRef => FuncRef,
            ValueKind.ExternRef => ExternRef,
            _ => None,
        };
    }

    private static FunctionType Giving(ValueKind kind) =>
        FunctionType.Adopt(EntryList<ValueKind>.None, [kind]);
}

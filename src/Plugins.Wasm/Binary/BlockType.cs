using Plugins.Wasm.Types;

namespace Plugins.Wasm.Binary;

/// <summary>A block's type as encoded: nothing, one result, or an index into the type section.</summary>
/// <remarks>WebAssembly 2.0, section 5.4.1.</remarks>
internal readonly record struct BlockType(int TypeIndex, ValueCode Result)
{
    /// <summary>No parameters and no results.</summary>
    public static BlockType Empty => new(-1, default);

    /// <summary>No parameters and one result.</summary>
    public static BlockType Of(ValueCode result) => new(-1, result);

    /// <summary>The function type at <paramref name="index"/>.</summary>
    public static BlockType At(int index) => new(index, default);
}

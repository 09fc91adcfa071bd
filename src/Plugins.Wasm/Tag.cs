using Plugins.Wasm.Types;

namespace Plugins.Wasm;

/// <summary>A kind of exception, told from every other by its identity.</summary>
/// <remarks>Belongs to its <see cref="Store"/>. Immutable. WebAssembly 3.0, section 4.2.9.</remarks>
public sealed class Tag
{
    /// <summary>Makes a tag.</summary>
    public Tag(Store store, TagType type)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(type);
        OwnerStore = store;
        Type = type;
    }

    /// <summary>Its type.</summary>
    public TagType Type { get; }

    internal Store OwnerStore { get; }
}


namespace Plugins.Wasm.Runtime.Code;

/// <summary>Where the value of a global is.</summary>
internal enum GlobalPlaceKind : byte
{
    /// <summary>In a <see cref="Global"/> of its own, which others can see.</summary>
    Cell,

    /// <summary>In the instance's <see cref="Instance.Slots"/>.</summary>
    Slot,
}

namespace Plugins.Wasm.Runtime.Objects;

/// <summary>One of a structure's slots.</summary>
/// <param name="Index">Which; behind the inline ones, which of its kind.</param>
/// <param name="IsInline">Whether it is in the object itself.</param>
internal readonly record struct SlotPlace(int Index, bool IsInline);

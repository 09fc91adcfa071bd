using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Plugins.Wasm.Runtime.Objects;

/// <summary>A structure of a guest: the first slots are in it, the others in an object of their own.</summary>
/// <remarks>
/// The classes are a tree: each adds one slot to another, so that a derived structure begins like what it is derived
/// from, and the slots follow each other in the object. RATIONALE.md, "Why a class for each shape of a structure?".
/// </remarks>
internal abstract class GuestStruct : GuestObject
{
    /// <summary>How many slots there are in the object; where addresses have 32 bits, these differ in size.</summary>
    public static int InlineSlots => nint.Size == sizeof(long) ? 4 : 0;

    /// <summary>The slots that are not inline; there are some.</summary>
    public StructRest Rest => Unsafe.As<StructRest>(InlineReference(InlineSlots))!;

    public ref long Number(SlotPlace place) =>
        ref place.IsInline ? ref InlineNumber(place.Index) : ref Rest.Numbers[place.Index];

    public ref object? Reference(SlotPlace place) =>
        ref place.IsInline ? ref InlineReference(place.Index) : ref Rest.References[place.Index];

    public Vector128<byte> GetVector(in FieldPlace place) =>
        Vector128.Create(Number(place.Slot), Number(place.UpperSlot)).AsByte();

    public void SetVector(in FieldPlace place, Vector128<byte> vector)
    {
        Number(place.Slot) = vector.AsInt64().ToScalar();
        Number(place.UpperSlot) = vector.AsInt64().GetElement(1);
    }

    public void SetRest(StructRest rest) => InlineReference(InlineSlots) = rest;

    private ref long InlineNumber(int slot) => ref Unsafe.Add(ref Unsafe.As<StructShapes.N>(this).Value, slot);

    private ref object? InlineReference(int slot) =>
        ref Unsafe.Add(ref Unsafe.As<StructShapes.R>(this).Value, slot);
}

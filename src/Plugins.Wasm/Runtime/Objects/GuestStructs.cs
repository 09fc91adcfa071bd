using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Plugins.Wasm.Runtime.Objects;

/// <summary>The instructions on structures that compiled code calls, and the interpreter.</summary>
/// <remarks>WebAssembly 3.0, section 4.6.7.</remarks>
internal static class GuestStructs
{
    /// <summary>Makes a structure of one of an instance's types, whose fields are zero or null.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static object Make(Instance instance, int type)
    {
        ObjectLayout layout = instance.LayoutOf(type);
        Allotment allotment = instance.Allotments[type];
        if (allotment.Remaining < layout.Bytes)
        {
            allotment = Refill(instance, type);
        }

        allotment.Remaining -= layout.Bytes;
        GuestStruct made = StructShapes.Make(layout.Shape);
        made.Home = allotment;
        if (layout.Slots > GuestStruct.InlineSlots)
        {
            made.SetRest(new StructRest(layout.MoreReferences, layout.MoreNumbers));
        }

        return made;
    }

    /// <summary>Gives an instance room for more structures of a type.</summary>
    /// <exception cref="TrapException">There is none, or the store was interrupted.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Allotment Refill(Instance instance, int type)
    {
        Allotment allotment = instance.OwningStore.Heap.Refill(instance.Allotments[type], instance.LayoutOf(type));
        instance.Allotments[type] = allotment;
        return allotment;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Vector128<byte> GetVector(Instance instance, int type, int field, object structure) =>
        Unsafe.As<GuestStruct>(structure).GetVector(instance.LayoutOf(type).Fields[field]);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void SetVector(
        Instance instance, int type, int field, object structure, Vector128<byte> value) =>
        Unsafe.As<GuestStruct>(structure).SetVector(instance.LayoutOf(type).Fields[field], value);

    /// <summary>A number in a field, as a slot holds it.</summary>
    public static ulong GetNumber(GuestStruct structure, in FieldPlace place) =>
        (ulong)structure.Number(place.Slot) & place.Mask;

    public static void SetNumber(GuestStruct structure, in FieldPlace place, ulong bits) =>
        structure.Number(place.Slot) = (long)(bits & place.Mask);

    /// <summary>What a structure is to the operand stack: null is not one.</summary>
    /// <exception cref="TrapException">It is null.</exception>
    public static GuestStruct Require(object? reference) =>
        reference is null ? throw Traps.Create(TrapKind.NullReference) : Unsafe.As<GuestStruct>(reference);
}

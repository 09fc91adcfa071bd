using Plugins.Wasm.Types;

namespace Plugins.Wasm.Runtime.Objects;

/// <summary>Where a structure has a field.</summary>
/// <param name="Code">Its type.</param>
/// <param name="Slot">Its slot; of a vector, that of the lower half.</param>
/// <param name="UpperSlot">That of a vector's upper half.</param>
internal readonly record struct FieldPlace(ValueCode Code, SlotPlace Slot, SlotPlace UpperSlot)
{
    /// <summary>How code holds it: packed ones are <c>i32</c>.</summary>
    public ValueKind Kind => Code is ValueCode.I8 or ValueCode.I16 ? ValueKind.I32 : Code.Kind;

    /// <summary>What is kept of a number's bits.</summary>
    public ulong Mask => Code switch
    {
        ValueCode.I8 => byte.MaxValue,
        ValueCode.I16 => ushort.MaxValue,
        ValueCode.I32 or ValueCode.F32 => uint.MaxValue,
        _ => ulong.MaxValue,
    };

    /// <summary>A packed number with its sign, as an <c>i32</c>.</summary>
    public uint Extend(ulong bits) => Code == ValueCode.I8 ? (uint)(sbyte)bits : (uint)(short)bits;
}

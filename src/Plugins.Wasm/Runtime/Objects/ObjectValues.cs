using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Runtime.Objects;

/// <summary>Fields and elements as values of any type.</summary>
internal static class ObjectValues
{
    public static void SetField(GuestStruct structure, in FieldPlace place, Value value)
    {
        if (place.Code == ValueCode.V128)
        {
            structure.SetVector(place, value.AsVector128());
        }
        else if (place.Code.IsReference)
        {
            structure.Reference(place.Slot) = value.Reference;
        }
        else
        {
            GuestStructs.SetNumber(structure, place, value.Bits);
        }
    }

    public static void SetElement(GuestArray array, ValueCode code, int index, Value value)
    {
        if (code == ValueCode.V128)
        {
            Unsafe.As<Vector128<byte>[]>(array.Elements)[index] = value.AsVector128();
        }
        else if (code.IsReference)
        {
            Unsafe.As<object?[]>(array.Elements)[index] = value.Reference;
        }
        else
        {
            GuestArrays.SetNumber(array.Elements, code, index, value.Bits);
        }
    }
}

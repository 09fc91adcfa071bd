using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.Intrinsics;
using Plugins.Wasm.IL;
using Plugins.Wasm.Runtime;
using Plugins.Wasm.Runtime.Objects;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Emit.Operands;

/// <summary>The members of objects that emitted code uses, and how it turns values into what they hold.</summary>
internal static class ObjectMembers
{
    private const BindingFlags Instances =
        BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private const BindingFlags Statics = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    public static readonly FieldInfo InstanceAllotments =
        typeof(Instance).GetField(nameof(Instance.Allotments), Instances)!;

    public static readonly FieldInfo Home = typeof(GuestObject).GetField(nameof(GuestObject.Home), Instances)!;

    public static readonly FieldInfo Remaining = typeof(Allotment).GetField(nameof(Allotment.Remaining), Instances)!;

    public static readonly FieldInfo Elements = typeof(GuestArray).GetField(nameof(GuestArray.Elements), Instances)!;

    public static readonly FieldInfo IntegerValue =
        typeof(GuestInteger).GetField(nameof(GuestInteger.Value), Instances)!;

    public static readonly FieldInfo RestReferences =
        typeof(StructRest).GetField(nameof(StructRest.References), Instances)!;

    public static readonly FieldInfo RestNumbers = typeof(StructRest).GetField(nameof(StructRest.Numbers), Instances)!;

    public static readonly MethodInfo MakeStructure =
        typeof(GuestStructs).GetMethod(nameof(GuestStructs.Make), Statics)!;

    public static readonly MethodInfo Refill = typeof(GuestStructs).GetMethod(nameof(GuestStructs.Refill), Statics)!;

    public static readonly MethodInfo GetVector =
        typeof(GuestStructs).GetMethod(nameof(GuestStructs.GetVector), Statics)!;

    public static readonly MethodInfo SetVector =
        typeof(GuestStructs).GetMethod(nameof(GuestStructs.SetVector), Statics)!;

    public static readonly MethodInfo MakeFixed =
        typeof(GuestArrays).GetMethod(nameof(GuestArrays.MakeFixed), Statics)!;

    public static readonly MethodInfo MakeInteger = typeof(GuestInteger).GetMethod(nameof(GuestInteger.Make), Statics)!;

    public static readonly MethodInfo ToAny = typeof(Casts).GetMethod(nameof(Casts.ToAny), Statics)!;

    /// <summary>Makes an empty structure of a shape.</summary>
    public static ConstructorInfo ConstructorOf(int shape) => StructShapes.ConstructorOf(shape);

    /// <summary>An inline slot of a structure.</summary>
    public static FieldInfo SlotOf(ObjectLayout layout, int slot)
    {
        int inline = Math.Min(layout.Slots, GuestStruct.InlineSlots);
        int shape = layout.Slots > inline ? StructShapes.WithoutMore(layout.Shape) : layout.Shape;
        return StructShapes.FieldOf(shape >> (inline - slot - 1));
    }

    /// <summary>Where a structure has the slots that are not inline.</summary>
    public static FieldInfo RestOf(ObjectLayout layout) => StructShapes.FieldOf(layout.Shape);

    /// <summary>The type of the array with an array's elements.</summary>
    public static Type ArrayOf(ValueCode code) => code switch
    {
        ValueCode.I8 => typeof(byte[]),
        ValueCode.I16 => typeof(ushort[]),
        ValueCode.I32 or ValueCode.F32 => typeof(int[]),
        ValueCode.V128 => typeof(Vector128<byte>[]),
        _ => code.IsReference ? typeof(object[]) : typeof(long[]),
    };

    /// <summary>A static method of <see cref="GuestArrays"/>.</summary>
    public static MethodInfo ArrayOperation(string name) => typeof(GuestArrays)
        .GetMethods(Statics).Single(method => method.IsPublic && method.Name == name);

    /// <summary>Turns the value on the evaluation stack into a slot's 64 bits; references stay.</summary>
    public static void EmitToBits(ILEmitter il, ValueCode code)
    {
        EmitAsInteger(il, code);
        switch (code)
        {
            case ValueCode.I8:
                il.Emit(OpCodes.Conv_U1);
                il.Emit(OpCodes.Conv_U8);
                break;
            case ValueCode.I16:
                il.Emit(OpCodes.Conv_U2);
                il.Emit(OpCodes.Conv_U8);
                break;
            case ValueCode.I32 or ValueCode.F32:
                il.Emit(OpCodes.Conv_U8);
                break;
        }
    }

    /// <summary>Turns a slot's 64 bits into a value; references stay.</summary>
    public static void EmitFromBits(ILEmitter il, ValueCode code, bool isSigned)
    {
        switch (code)
        {
            case ValueCode.I8:
                il.Emit(isSigned ? OpCodes.Conv_I1 : OpCodes.Conv_U1);
                break;
            case ValueCode.I16:
                il.Emit(isSigned ? OpCodes.Conv_I2 : OpCodes.Conv_U2);
                break;
            case ValueCode.I32 or ValueCode.F32:
                il.Emit(OpCodes.Conv_I4);
                break;
        }

        EmitAsFloat(il, code);
    }

    /// <summary>Turns a float into its bits; what is none stays.</summary>
    public static void EmitAsInteger(ILEmitter il, ValueCode code)
    {
        if (code is ValueCode.F32 or ValueCode.F64)
        {
            il.Emit(
                OpCodes.Call, code == ValueCode.F32 ? RuntimeMembers.SingleToBits : RuntimeMembers.DoubleToBits);
        }
    }

    /// <summary>Turns bits into the float that they are; what is none stays.</summary>
    public static void EmitAsFloat(ILEmitter il, ValueCode code)
    {
        if (code is ValueCode.F32 or ValueCode.F64)
        {
            il.Emit(
                OpCodes.Call, code == ValueCode.F32 ? RuntimeMembers.BitsToSingle : RuntimeMembers.BitsToDouble);
        }
    }
}

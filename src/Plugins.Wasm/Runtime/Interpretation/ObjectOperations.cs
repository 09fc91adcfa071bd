using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Runtime.Objects;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Runtime.Interpretation;

/// <summary>The interpreter's instructions on garbage-collected values.</summary>
/// <remarks>WebAssembly 3.0, sections 4.6.6 to 4.6.8.</remarks>
internal static unsafe class ObjectOperations
{
    /// <summary>Carries one out.</summary>
    /// <returns>The instruction's last cell.</returns>
    /// <exception cref="TrapException">It trapped.</exception>
    public static Cell* Run(Instance instance, InterpreterStack stack, Cell* ip, ulong* fp)
    {
        var opcode = (Opcode)ip[1].Left;
        switch (opcode)
        {
            case >= Opcode.StructNew and <= Opcode.StructSet:
                RunOnStructure(opcode, instance, stack, ip, fp);
                return ip + 1;
            case >= Opcode.ArrayNew and <= Opcode.ArrayNewElem:
                stack.ReferenceAt(fp + ip->A) = MakeArray(opcode, instance, stack, ip, fp);
                return opcode >= Opcode.ArrayNewFixed ? ip + 2 : ip + 1;
            case >= Opcode.ArrayGet and <= Opcode.ArrayLen:
                RunOnElement(opcode, instance, stack, ip, fp);
                return ip + 1;
            case >= Opcode.ArrayFill and <= Opcode.ArrayInitElem:
                RunOnArray(opcode, instance, stack, ip, fp);
                return opcode >= Opcode.ArrayInitData ? ip + 2 : ip + 1;
            case Opcode.RefTest or Opcode.RefCast:
                Cast(opcode, stack, ip, fp);
                return ip + 2;
            default:
                RunOnReference(opcode, instance, stack, ip, fp);
                return ip + 1;
        }
    }

    private static void RunOnStructure(
        Opcode opcode, Instance instance, InterpreterStack stack, Cell* ip, ulong* fp)
    {
        int type = ip[1].Number;
        FieldPlace[] fields = instance.LayoutOf(type).Fields;
        switch (opcode)
        {
            case Opcode.StructNew or Opcode.StructNewDefault:
                GuestStruct made = Unsafe.As<GuestStruct>(GuestStructs.Make(instance, type));
                for (int i = 0; opcode == Opcode.StructNew && i < fields.Length; i++)
                {
                    SetField(made, fields[i], stack, fp + ip->A + i);
                }

                stack.ReferenceAt(fp + ip->A) = made;
                break;
            case Opcode.StructSet:
                SetField(
                    GuestStructs.Require(stack.ReferenceAt(fp + ip->A)), fields[ip->C], stack, fp + ip->B);
                break;
            default:
                GuestStruct read = GuestStructs.Require(stack.ReferenceAt(fp + ip->B));
                GetField(read, fields[ip->C], opcode == Opcode.StructGetS, stack, fp + ip->A);
                break;
        }
    }

    private static void SetField(GuestStruct structure, in FieldPlace place, InterpreterStack stack, ulong* slot)
    {
        if (place.Code == ValueCode.V128)
        {
            structure.SetVector(place, *stack.VectorsAt(slot));
        }
        else if (place.Code.IsReference)
        {
            structure.Reference(place.Slot) = stack.ReferenceAt(slot);
        }
        else
        {
            GuestStructs.SetNumber(structure, place, *slot);
        }
    }

    private static void GetField(
        GuestStruct structure, in FieldPlace place, bool isSigned, InterpreterStack stack, ulong* slot)
    {
        if (place.Code == ValueCode.V128)
        {
            *stack.VectorsAt(slot) = structure.GetVector(place);
        }
        else if (place.Code.IsReference)
        {
            stack.ReferenceAt(slot) = structure.Reference(place.Slot);
        }
        else
        {
            ulong bits = GuestStructs.GetNumber(structure, place);
            *slot = isSigned ? place.Extend(bits) : bits;
        }
    }

    private static object MakeArray(
        Opcode opcode, Instance instance, InterpreterStack stack, Cell* ip, ulong* fp)
    {
        int type = ip[1].Number;
        uint c = (uint)fp[ip->C];
        switch (opcode)
        {
            case Opcode.ArrayNewDefault:
                return GuestArrays.Make(instance, type, (uint)fp[ip->B]);
            case Opcode.ArrayNewData:
                return GuestArrays.MakeOfData(instance, type, ip[2].Number, (uint)fp[ip->B], c);
            case Opcode.ArrayNewElem:
                return GuestArrays.MakeOfElements(instance, type, ip[2].Number, (uint)fp[ip->B], c);
        }

        ValueCode element = instance.LayoutOf(type).Element;
        if (opcode == Opcode.ArrayNew)
        {
            return element == ValueCode.V128
                ? GuestArrays.MakeOfVector(instance, type, *stack.VectorsAt(fp + ip->B), c)
                : element.IsReference
                ? GuestArrays.MakeOfReference(instance, type, stack.ReferenceAt(fp + ip->B), c)
                : GuestArrays.MakeOf(instance, type, fp[ip->B], c);
        }

        int count = ip[2].Number;
        object made = GuestArrays.MakeFixed(instance, type, count);
        for (int i = 0; i < count; i++)
        {
            SetElement(Unsafe.As<GuestArray>(made).Elements, element, i, stack, fp + ip->A + i);
        }

        return made;
    }

    private static void RunOnElement(
        Opcode opcode, Instance instance, InterpreterStack stack, Cell* ip, ulong* fp)
    {
        if (opcode == Opcode.ArrayLen)
        {
            fp[ip->A] = (uint)GuestArrays.Length(stack.ReferenceAt(fp + ip->B));
            return;
        }

        ValueCode code = instance.LayoutOf(ip[1].Number).Element;
        if (opcode == Opcode.ArraySet)
        {
            int index = (int)fp[ip->B];
            SetElement(
                GuestArrays.At(stack.ReferenceAt(fp + ip->A), (uint)index), code, index, stack, fp + ip->C);
            return;
        }

        int position = (int)fp[ip->C];
        Array elements = GuestArrays.At(stack.ReferenceAt(fp + ip->B), (uint)position);
        if (code == ValueCode.V128)
        {
            *stack.VectorsAt(fp + ip->A) = Unsafe.As<Vector128<byte>[]>(elements)[position];
        }
        else if (code.IsReference)
        {
            stack.ReferenceAt(fp + ip->A) = Unsafe.As<object?[]>(elements)[position];
        }
        else
        {
            ulong bits = GuestArrays.GetNumber(elements, code, position);
            fp[ip->A] = opcode != Opcode.ArrayGetS ? bits
                : code == ValueCode.I8 ? (uint)(sbyte)bits : (uint)(short)bits;
        }
    }

    private static void SetElement(Array elements, ValueCode code, int index, InterpreterStack stack, ulong* slot)
    {
        if (code == ValueCode.V128)
        {
            Unsafe.As<Vector128<byte>[]>(elements)[index] = *stack.VectorsAt(slot);
        }
        else if (code.IsReference)
        {
            Unsafe.As<object?[]>(elements)[index] = stack.ReferenceAt(slot);
        }
        else
        {
            GuestArrays.SetNumber(elements, code, index, *slot);
        }
    }

    private static void RunOnArray(Opcode opcode, Instance instance, InterpreterStack stack, Cell* ip, ulong* fp)
    {
        int type = ip[1].Number;
        ulong* slots = fp + ip->A;
        object? array = stack.ReferenceAt(slots);
        uint start = (uint)slots[1];
        uint third = (uint)slots[2];
        switch (opcode)
        {
            case Opcode.ArrayCopy:
                GuestArrays.Copy(
                    instance, type, array, start, stack.ReferenceAt(slots + 2), (uint)slots[3], (uint)slots[4]);
                return;
            case Opcode.ArrayInitData:
                GuestArrays.InitializeOfData(
                    instance, type, ip[2].Number, array, start, third, (uint)slots[3]);
                return;
            case Opcode.ArrayInitElem:
                GuestArrays.InitializeOfElements(
                    instance, type, ip[2].Number, array, start, third, (uint)slots[3]);
                return;
        }

        uint length = (uint)slots[3];
        ValueCode element = instance.LayoutOf(type).Element;
        if (element == ValueCode.V128)
        {
            GuestArrays.FillVector(instance, type, array, start, *stack.VectorsAt(slots + 2), length);
        }
        else if (element.IsReference)
        {
            GuestArrays.FillReference(instance, type, array, start, stack.ReferenceAt(slots + 2), length);
        }
        else
        {
            GuestArrays.Fill(instance, type, array, start, slots[2], length);
        }
    }

    private static void Cast(Opcode opcode, InterpreterStack stack, Cell* ip, ulong* fp)
    {
        bool fits = Casts.Test(stack.ReferenceAt(fp + ip->B), (ValueCode)ip[1].Number, ip[2].Number);
        if (opcode == Opcode.RefTest)
        {
            fp[ip->A] = fits ? 1UL : 0;
        }
        else if (!fits)
        {
            throw Traps.Create(TrapKind.CastFailure);
        }
    }

    private static void RunOnReference(
        Opcode opcode, Instance instance, InterpreterStack stack, Cell* ip, ulong* fp)
    {
        switch (opcode)
        {
            case Opcode.RefEq:
                fp[ip->A] = Casts.AreSame(stack.ReferenceAt(fp + ip->B), stack.ReferenceAt(fp + ip->C)) ? 1UL : 0;
                break;
            case Opcode.RefI31:
                stack.ReferenceAt(fp + ip->A) = GuestInteger.Of(instance.OwningStore, (int)fp[ip->B]);
                break;
            case Opcode.I31GetS:
                fp[ip->A] = (uint)GuestInteger.GetSigned(stack.ReferenceAt(fp + ip->B));
                break;
            case Opcode.I31GetU:
                fp[ip->A] = (uint)GuestInteger.GetUnsigned(stack.ReferenceAt(fp + ip->B));
                break;
            case Opcode.AnyConvertExtern:
                stack.ReferenceAt(fp + ip->A) = Casts.ToAny(instance, stack.ReferenceAt(fp + ip->B));
                break;
            default:
                stack.ReferenceAt(fp + ip->A) = Casts.ToExtern(stack.ReferenceAt(fp + ip->B));
                break;
        }
    }
}

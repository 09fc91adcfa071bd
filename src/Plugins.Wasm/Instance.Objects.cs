using Plugins.Wasm.Binary;
using Plugins.Wasm.Runtime;
using Plugins.Wasm.Runtime.Interpretation;
using Plugins.Wasm.Runtime.Objects;
using Plugins.Wasm.Types;

namespace Plugins.Wasm;

/// <content>Garbage-collected objects: their types, and constants that make some.</content>
public sealed partial class Instance
{
    /// <summary>
    /// Whether globals, tables or element segments of its own refer to objects that the guest may change.
    /// </summary>
    /// <remarks>
    /// A snapshot would share these with whatever it is restored to, so there is none of such a state: make a new
    /// instance instead. Integers of 31 bits and references of the host do not count.
    /// </remarks>
    public bool HoldsObjects
    {
        get
        {
            ThrowIfRunning();
            return Array.Exists(Cells, cell => cell is not null && IsChangeable(cell.Reference))
                || Array.Exists(Tables, table => Array.Exists(table.Elements, IsChangeable))
                || (_elementObjects is not null && HoldsElementObjects(_elementObjects));
        }
    }

    internal ObjectLayout LayoutOf(int type) => ObjectLayout.Of(Module.Binary.Definitions[type]);

    /// <summary>An element of a segment that was not dropped.</summary>
    /// <remarks>Constants that make an object make it once, when the instance is made.</remarks>
    internal object? ElementOf(int segment, int index) =>
        _elementObjects?[segment] is object?[] known
            ? known[index]
            : Evaluate(Module.Binary.Elements[segment].Items[index]).Reference;

    private void EvaluateElements()
    {
        ElementSegment[] segments = Module.Binary.Elements;
        for (int i = 0; i < segments.Length; i++)
        {
            // Those that are one instruction give the same whenever they are evaluated.
            if (!Array.Exists(segments[i].Items, item => item.IsSequence))
            {
                continue;
            }

            object?[] objects = new object?[segments[i].Items.Length];
            for (int j = 0; j < objects.Length; j++)
            {
                objects[j] = Evaluate(segments[i].Items[j]).Reference;
            }

            _elementObjects ??= new object?[]?[segments.Length];
            _elementObjects[i] = objects;
        }
    }

    private void ForgetObjects()
    {
        if (Allotments.Length > 0 && Store.HasOneInstance)
        {
            Array.Fill(Allotments, Allotment.None);
            Store.ForgetHeap();
        }
    }

    // Modules may have ten thousand types, and most have none that this is for.
    private static Allotment[] MakeAllotments(BinaryModule binary)
    {
        if (!binary.Definitions.HasObjects)
        {
            return [];
        }

        Allotment[] allotments = new Allotment[binary.Definitions.Count];
        Array.Fill(allotments, Allotment.None);
        return allotments;
    }

    private bool HoldsElementObjects(object?[]?[] segments)
    {
        for (int i = 0; i < segments.Length; i++)
        {
            if (segments[i] is object?[] objects && !IsElementDropped(i) && Array.Exists(objects, IsChangeable))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsChangeable(object? reference) => reference is GuestStruct or GuestArray
        || (reference is ExceptionInstance exception && exception.References is object?[] payload
            && Array.Exists(payload, IsChangeable));

    private Value EvaluateObject(in Instruction instruction, Stack<Value> operands)
    {
        int type = (int)instruction.Index;
        switch (instruction.Opcode)
        {
            case Opcode.StructNew:
                return OfObject(MakeStructure(type, operands));
            case Opcode.StructNewDefault:
                return OfObject(GuestStructs.Make(this, type));
            case Opcode.ArrayNewFixed:
                return OfObject(MakeArray(type, (int)instruction.SecondIndex, operands));
            case Opcode.ArrayNew:
                uint length = (uint)operands.Pop().Bits;
                return OfObject(MakeArray(type, operands.Pop(), length));
            case Opcode.ArrayNewDefault:
                return OfObject(GuestArrays.Make(this, type, (uint)operands.Pop().Bits));
            case Opcode.RefI31:
                return OfObject(GuestInteger.Of(Store, (int)operands.Pop().Bits));
            case Opcode.AnyConvertExtern:
                return OfObject(Casts.ToAny(this, operands.Pop().Reference));
            default:
                return Value.FromReference(ValueKind.ExternRef, Casts.ToExtern(operands.Pop().Reference));
        }
    }

    private object MakeStructure(int type, Stack<Value> operands)
    {
        FieldPlace[] fields = LayoutOf(type).Fields;
        object made = GuestStructs.Make(this, type);
        for (int i = fields.Length - 1; i >= 0; i--)
        {
            ObjectValues.SetField((GuestStruct)made, fields[i], operands.Pop());
        }

        return made;
    }

    private object MakeArray(int type, int length, Stack<Value> operands)
    {
        object made = GuestArrays.MakeFixed(this, type, length);
        for (int i = length - 1; i >= 0; i--)
        {
            ObjectValues.SetElement((GuestArray)made, LayoutOf(type).Element, i, operands.Pop());
        }

        return made;
    }

    private object MakeArray(int type, Value value, uint length) => value.Kind switch
    {
        ValueKind.V128 => GuestArrays.MakeOfVector(this, type, value.AsVector128(), length),
        _ when value.Kind.IsReference => GuestArrays.MakeOfReference(this, type, value.Reference, length),
        _ => GuestArrays.MakeOf(this, type, value.Bits, length),
    };

    private static Value OfObject(object? reference) => Value.FromReference(ValueKind.AnyRef, reference);
}

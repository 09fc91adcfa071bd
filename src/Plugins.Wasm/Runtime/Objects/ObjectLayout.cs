using Plugins.Wasm.Types;

namespace Plugins.Wasm.Runtime.Objects;

/// <summary>Where objects of a defined type have their fields or elements.</summary>
/// <remarks>
/// A field's place depends on the fields before it alone, so that it is the same in objects of derived types.
/// Immutable and safe for use by many threads; one for each type.
/// </remarks>
internal sealed class ObjectLayout
{
    // What the runtime has before an object's fields, and before an array's elements.
    private const int HeaderBytes = 24;
    private const int ArrayHeaderBytes = 24;
    private const int SlotBytes = 8;

    /// <summary>An array takes this, and its elements.</summary>
    public const int EmptyArrayBytes = HeaderBytes + SlotBytes + ArrayHeaderBytes;

    private ObjectLayout(DefinedType type)
    {
        Type = type;
        Display = DisplayOf(type);
        Fields = new FieldPlace[type.Fields.Length];
        int slots = 0;
        int shape = 1;
        int references = 0;
        int numbers = 0;
        for (int i = 0; i < Fields.Length; i++)
        {
            ValueCode code = type.Fields[i].Code;
            bool isReference = code.IsReference;
            SlotPlace place = Take(isReference);
            Fields[i] = new FieldPlace(code, place, code == ValueCode.V128 ? Take(isReference) : place);
        }

        Slots = slots;
        MoreReferences = references;
        MoreNumbers = numbers;
        Shape = slots <= GuestStruct.InlineSlots ? shape : StructShapes.WithMore(shape);
        ElementBytes = type.Form == TypeForm.Array ? BytesOf(Fields[0].Code) : 0;
        Bytes = HeaderBytes + (SlotBytes * Math.Min(slots, GuestStruct.InlineSlots))
            + (slots <= GuestStruct.InlineSlots ? 0
                : SlotBytes + HeaderBytes + SlotBytes + (2 * ArrayHeaderBytes)
                    + (SlotBytes * (references + numbers)));

        SlotPlace Take(bool isReference)
        {
            if (slots++ < GuestStruct.InlineSlots)
            {
                shape = (shape << 1) | (isReference ? 1 : 0);
                return new SlotPlace(slots - 1, IsInline: true);
            }

            return new SlotPlace(isReference ? references++ : numbers++, IsInline: false);
        }
    }

    public DefinedType Type { get; }

    /// <summary>The numbers of its supertypes by their depth, its own last.</summary>
    public int[] Display { get; }

    /// <summary>The fields of a structure, or the elements as one.</summary>
    public FieldPlace[] Fields { get; }

    /// <summary>How many slots of 64 bits a structure has.</summary>
    public int Slots { get; }

    /// <summary>Which class a structure is of; see <see cref="StructShapes"/>.</summary>
    public int Shape { get; }

    /// <summary>References of a structure that are not inline.</summary>
    public int MoreReferences { get; }

    /// <summary>Slots with numbers of a structure that are not inline.</summary>
    public int MoreNumbers { get; }

    /// <summary>What a structure takes of the heap.</summary>
    public int Bytes { get; }

    /// <summary>What an array's element takes.</summary>
    public int ElementBytes { get; }

    public ObjectKind Kind => Type.Form == TypeForm.Array ? ObjectKind.Array : ObjectKind.Structure;

    /// <summary>The type of an array's elements.</summary>
    public ValueCode Element => Fields[0].Code;

    public static ObjectLayout Of(DefinedType type) =>
        (ObjectLayout?)type.Attachment
        ?? (ObjectLayout?)Interlocked.CompareExchange(ref type.Attachment, new ObjectLayout(type), null)
        ?? (ObjectLayout)type.Attachment!;

    /// <summary>The numbers of a type's supertypes by their depth, its own last.</summary>
    public static int[] DisplayOf(DefinedType type)
    {
        int[] display = new int[type.Supertypes.Length + 1];
        for (int i = 0; i < type.Supertypes.Length; i++)
        {
            display[i] = type.Supertypes[i].Number;
        }

        display[^1] = type.Number;
        return display;
    }

    /// <summary>Bytes that a field or element of a type holds.</summary>
    public static int BytesOf(ValueCode code) => code switch
    {
        ValueCode.I8 => 1,
        ValueCode.I16 => 2,
        ValueCode.I32 or ValueCode.F32 => 4,
        ValueCode.V128 => 16,
        _ => 8,
    };
}

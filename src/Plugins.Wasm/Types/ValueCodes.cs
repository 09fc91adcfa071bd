using System.Globalization;

namespace Plugins.Wasm.Types;

/// <summary>What a <see cref="ValueCode"/> tells by itself.</summary>
internal static class ValueCodes
{
    /// <summary>What abstract references that cannot be null have in addition.</summary>
    public const uint NonNull = 0x80;

    /// <summary>What references to defined types have in their lowest byte: their bytes in the binary format.</summary>
    public const byte NullableDefined = 0x63, Defined = 0x64;

    /// <summary>The same for types of the recursion group that is being read, which have no numbers yet.</summary>
    public const byte NullableInGroup = 0x65, InGroup = 0x66;

    /// <summary>Numbers of defined types, and indices, are less than this.</summary>
    public const int NumberLimit = 1 << (32 - NumberShift);

    private const int NumberShift = 10;
    private const int FormShift = 8;
    private const uint FormMask = 3;
    private const uint Missing = 3;

    /// <summary>Stands for a reference to a type that its module does not have.</summary>
    public static ValueCode Unresolved => (ValueCode)((Missing << FormShift) | NullableDefined);

    /// <summary>Names a type by an index or number, with what else its code has.</summary>
    public static ValueCode Of(int number, byte reference, TypeForm form = default) =>
        (ValueCode)(((uint)number << NumberShift) | ((uint)form << FormShift) | reference);

    extension(ValueCode code)
    {
        /// <summary>The lowest byte of its code.</summary>
        public byte Reference => (byte)code;

        /// <summary>The number of the defined type that it refers to, or an index before it is resolved.</summary>
        public int Number => (int)((uint)code >> NumberShift);

        /// <summary>What the defined type is that it refers to.</summary>
        public TypeForm Form => (TypeForm)(((uint)code >> FormShift) & FormMask);

        /// <summary>Whether it stands for a type that its module does not have.</summary>
        public bool IsUnresolved => code == Unresolved;

        /// <summary>Whether it refers to a defined type.</summary>
        public bool HasDefinition => (byte)code is NullableDefined or Defined;

        /// <summary>Whether it refers to a type of the recursion group that is being read.</summary>
        public bool IsInGroup => (byte)code is NullableInGroup or InGroup;

        /// <summary>Whether it is the type of references, and not of numbers or vectors.</summary>
        public bool IsReference => code != ValueCode.None && (uint)code is not (>= 0x75 and <= 0x7F);

        /// <summary>Whether null is among its values, or it is a number: locals of it need no initial value.</summary>
        public bool HasDefault => (byte)code != Defined && ((uint)code & NonNull) == 0;

        /// <summary>How the operand stack holds it: packed fields are <c>i32</c>.</summary>
        public ValueCode Unpacked => code is ValueCode.I8 or ValueCode.I16 ? ValueCode.I32 : code;

        /// <summary>The same type without null; what is no reference stays as it is.</summary>
        public ValueCode WithoutNull =>
            !code.IsReference ? code
            : (byte)code == NullableDefined ? code + (Defined - NullableDefined)
            : (byte)code == Defined ? code
            : code | (ValueCode)NonNull;

        /// <summary>The same type with null; what is no reference stays as it is.</summary>
        public ValueCode WithNull =>
            (byte)code == Defined ? code - (Defined - NullableDefined)
            : code.HasDefinition || code == ValueCode.BottomRef ? code
            : code & ~(ValueCode)NonNull;

        /// <summary>How machine code and hosts hold it: a number, or a reference of one of the hierarchies.</summary>
        public ValueKind Kind
        {
            get
            {
                if (code.HasDefinition)
                {
                    return code.Form == TypeForm.Function ? ValueKind.FuncRef : ValueKind.AnyRef;
                }

                return (ValueCode)((uint)code & ~NonNull) switch
                {
                    ValueCode.FuncRef or ValueCode.NullFuncRef => ValueKind.FuncRef,
                    ValueCode.ExternRef or ValueCode.NullExternRef => ValueKind.ExternRef,
                    ValueCode.ExnRef or ValueCode.NullExnRef => ValueKind.ExnRef,
                    (>= ValueCode.ArrayRef and <= ValueCode.AnyRef) or ValueCode.NullRef => ValueKind.AnyRef,
                    _ => (ValueKind)code,
                };
            }
        }

        /// <summary>The type as people read it; defined types have no names.</summary>
        public string Text => code switch
        {
            ValueCode.None => "unknown",
            ValueCode.BottomRef => "(ref none)",
            _ when code.HasDefinition => string.Create(
                CultureInfo.InvariantCulture,
                $"(ref {(code.HasDefault ? "null " : string.Empty)}{FormName(code.Form)} type)"),
            _ when code.HasDefault => code.ToString().ToLowerInvariant(),
            _ => $"(ref {code.WithNull.ToString()[..^"Ref".Length].ToLowerInvariant()})",
        };
    }

    private static string FormName(TypeForm form) => form switch
    {
        TypeForm.Function => "func",
        TypeForm.Structure => "struct",
        _ => "array",
    };
}

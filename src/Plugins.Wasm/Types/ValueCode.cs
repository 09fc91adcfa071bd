namespace Plugins.Wasm.Types;

/// <summary>A value type as a number: equal numbers are equal types, in all modules.</summary>
/// <remarks>
/// <para>Numbers, vectors and nullable references of abstract heap types are their byte in the binary format; the
/// same reference without null has <see cref="ValueCodes.NonNull"/> set. References to defined types hold the number
/// of that <see cref="DefinedType"/>, and are valid as long as it is alive: who keeps such a code keeps the
/// type.</para>
/// <para>A host sees only the <see cref="ValueKind"/>; this is what validation and linking compare.</para>
/// <para>WebAssembly 3.0, sections 2.3.1 to 2.3.5 and 5.3.</para>
/// </remarks>
internal enum ValueCode : uint
{
    /// <summary>No value; on a polymorphic stack, a value of any type.</summary>
    None = 0,

    /// <summary>A reference that has every type and no value, without null.</summary>
    BottomRef = 0xE0,

    ExnRef = 0x69,
    ArrayRef = 0x6A,
    StructRef = 0x6B,
    I31Ref = 0x6C,
    EqRef = 0x6D,
    AnyRef = 0x6E,
    ExternRef = 0x6F,
    FuncRef = 0x70,
    NullRef = 0x71,
    NullExternRef = 0x72,
    NullFuncRef = 0x73,
    NullExnRef = 0x74,

    /// <summary>A field of 16 bits.</summary>
    I16 = 0x77,

    /// <summary>A field of 8 bits.</summary>
    I8 = 0x78,

    V128 = 0x7B,
    F64 = 0x7C,
    F32 = 0x7D,
    I64 = 0x7E,
    I32 = 0x7F,

    /// <summary><c>(ref exn)</c>.</summary>
    NonNullExnRef = ExnRef | 0x80,

    /// <summary><c>(ref func)</c>.</summary>
    NonNullFuncRef = FuncRef | 0x80,
}

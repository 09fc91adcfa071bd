namespace Plugins.Wasm.Types;

/// <summary>A type of a type section: one object for each type, whichever modules define it.</summary>
/// <remarks>
/// Immutable but for <see cref="Attachment"/>, and safe for use by many threads. Two types are the same where their
/// recursion groups have the same structure and they stand at the same place in these. WebAssembly 3.0, sections 2.3.9,
/// 3.1.3 and 3.3.
/// </remarks>
internal sealed class DefinedType
{
    // The base library's empty array of a type of this assembly would wait for the JIT.
#pragma warning disable CA1825, MA0005
    private static readonly FieldType[] s_noFields = new FieldType[0];
#pragma warning restore CA1825, MA0005

    private FunctionType? _asNullableResult;
    private FunctionType? _asResult;

    /// <param name="group">Its group, which is being made.</param>
    /// <param name="form">What it is.</param>
    /// <param name="number">A number that no other living type has.</param>
    public DefinedType(RecursionGroup group, TypeForm form, int number)
    {
        Group = group;
        Form = form;
        Number = number;
    }

    public RecursionGroup Group { get; }

    public TypeForm Form { get; }

    /// <summary>Given to another type only once this one is gone.</summary>
    public int Number { get; }

    /// <summary>Whether no type may be derived from it.</summary>
    public bool IsFinal { get; private set; } = true;

    /// <summary>The types that it is derived from, by their depth, the root first.</summary>
    public DefinedType[] Supertypes { get; private set; } = [];

    /// <summary>The function type that it is; null where it is another form.</summary>
    public FunctionType? Function { get; private set; }

    /// <summary>The fields of a structure, or the one of an array; none of a function.</summary>
    public FieldType[] Fields { get; private set; } = s_noFields;

    /// <summary>What the runtime keeps for the type.</summary>
    public object? Attachment;

    /// <summary>A reference to it.</summary>
    public ValueCode Code(bool isNullable) =>
        ValueCodes.Of(Number, isNullable ? ValueCodes.NullableDefined : ValueCodes.Defined, Form);

    /// <summary>Whether it is <paramref name="other"/> or derived from that.</summary>
    /// <remarks>In constant time. WebAssembly 3.0, section 3.3.</remarks>
    public bool IsSubtypeOf(DefinedType other)
    {
        if (this == other)
        {
            return true;
        }

        int depth = other.Supertypes.Length;
        return depth < Supertypes.Length && Supertypes[depth] == other;
    }

    /// <summary>A function type without parameters and with a reference to this as its result.</summary>
    public FunctionType AsResult(bool isNullable)
    {
        ref FunctionType? known = ref isNullable ? ref _asNullableResult : ref _asResult;
        return known ??= FunctionType.Adopt(FunctionType.NoCodes, [Code(isNullable)]);
    }

    /// <summary>Says what it is, while its group is being made.</summary>
    internal void Define(bool isFinal, DefinedType? supertype, FunctionType? function, FieldType[]? fields)
    {
        IsFinal = isFinal;
        Supertypes = supertype is null ? [] : [.. supertype.Supertypes, supertype];
        Function = function;
        Fields = fields ?? s_noFields;
    }
}

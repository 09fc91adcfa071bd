namespace Plugins.Wasm.Types;

/// <summary>The types that a module defines, by their indices; and which of its types match which.</summary>
/// <remarks>Immutable and safe for use by many threads. WebAssembly 3.0, section 3.3.</remarks>
internal sealed class ModuleTypes
{
    private readonly DefinedType[] _types;
    private Dictionary<int, DefinedType>? _byNumber;

    public ModuleTypes(DefinedType[] types)
    {
        _types = types;
        Functions = new FunctionType?[types.Length];
        for (int i = 0; i < types.Length; i++)
        {
            Functions[i] = types[i].Function;
            HasObjects |= types[i].Form != TypeForm.Function;
        }
    }

    public static ModuleTypes None { get; } = new([]);

    /// <summary>Whether a structure or array type is among them.</summary>
    public bool HasObjects { get; }

    /// <summary>
    /// Whether anything in the type section is more than one function type after the other.
    /// </summary>
    public bool HasObjectForms { get; init; }

    public int Count => _types.Length;

    public DefinedType this[int index] => _types[index];

    /// <summary>The function types by index; null where there is another type. Not to be changed.</summary>
    public FunctionType?[] Functions { get; }

    /// <summary>Gives a code with the index of a type the number of that type.</summary>
    /// <returns><see cref="ValueCodes.Unresolved"/> where there is no such type.</returns>
    public ValueCode Resolve(ValueCode code) =>
        !code.HasDefinition ? code
        : code.Number < _types.Length ? _types[code.Number].Code(code.HasDefault)
        : ValueCodes.Unresolved;

    /// <summary>Whether a value of one type may stand where another is expected.</summary>
    public bool Matches(ValueCode actual, ValueCode expected) =>
        actual == expected
        || actual == ValueCode.None
        || (expected.IsReference && Subtyping.Matches(actual, TypeOf(actual), expected, TypeOf(expected)));

    /// <summary>The type that a code of this module refers to; null where it refers to none.</summary>
    public DefinedType? TypeOf(ValueCode code) =>
        code.HasDefinition && !code.IsUnresolved ? ByNumber[code.Number] : null;

    private Dictionary<int, DefinedType> ByNumber
    {
        get
        {
            if (_byNumber is null)
            {
                Dictionary<int, DefinedType> types = new(_types.Length);
                foreach (DefinedType type in _types)
                {
                    types[type.Number] = type;
                }

                _byNumber = types;
            }

            return _byNumber;
        }
    }
}

namespace Plugins.Wasm.Types;

/// <summary>A recursion group as numbers, which are equal where the groups are.</summary>
/// <remarks>
/// <para>For each type: its form, with <see cref="IsFinal"/> and <see cref="HasSupertype"/>; a reference to its
/// supertype, if any; then a function's parameters and results, each with their number before them, a structure's
/// fields in the same way, or an array's element. A field is its type and whether it is mutable.</para>
/// <para>Types of earlier groups stand there by their numbers, those of the group itself by their place in it.
/// WebAssembly 3.0, section 3.1.3 (rolling and unrolling).</para>
/// </remarks>
internal sealed class TypeStructure
{
    /// <summary>Added to the form of a type from which none may be derived.</summary>
    public const uint IsFinal = 0x100;

    /// <summary>Added to the form of a type that is derived.</summary>
    public const uint HasSupertype = 0x200;

    private const uint FormMask = 0xFF;

    private uint[] _tokens = new uint[64];
    private int _count;

    /// <summary>The numbers, up to <see cref="Count"/>; not to be changed.</summary>
    public uint[] Tokens => _tokens;

    public int Count => _count;

    public void Clear() => _count = 0;

    public void Add(uint token)
    {
        if (_count == _tokens.Length)
        {
            uint[] larger = new uint[2 * _count];
            Array.Copy(_tokens, larger, _count);
            _tokens = larger;
        }

        _tokens[_count++] = token;
    }

    /// <summary>Writes a group of one function type that refers to no other.</summary>
    public void Add(FunctionType type)
    {
        Add((uint)TypeForm.Function | IsFinal);
        Add(type.ParameterCodes);
        Add(type.ResultCodes);
    }

    /// <summary>Makes the types of a group.</summary>
    public static DefinedType[] Build(RecursionGroup group, uint[] structure, Func<int> numbers)
    {
        int count = 0;
        for (int position = 0; position < structure.Length; position = NextType(structure, position))
        {
            count++;
        }

        DefinedType[] types = new DefinedType[count];
        for (int i = 0, position = 0; i < count; i++, position = NextType(structure, position))
        {
            types[i] = new DefinedType(group, (TypeForm)(structure[position] & FormMask), numbers());
        }

        for (int i = 0, position = 0; i < count; i++)
        {
            position = Define(types[i], types, structure, position);
        }

        return types;
    }

    private static int Define(DefinedType type, DefinedType[] types, uint[] structure, int position)
    {
        uint header = structure[position++];
        DefinedType? supertype = null;
        if ((header & HasSupertype) != 0)
        {
            ValueCode code = (ValueCode)structure[position++];
            supertype = code.IsInGroup ? types[code.Number] : type.Group.Find(code.Number);
        }

        FunctionType? function = null;
        FieldType[]? fields = null;
        switch (type.Form)
        {
            case TypeForm.Function:
                ValueCode[] parameters = ReadCodes(types, structure, ref position);
                function = FunctionType.Define(parameters, ReadCodes(types, structure, ref position), type);
                break;
            case TypeForm.Structure:
                fields = ReadFields(types, structure, ref position, (int)structure[position++]);
                break;
            default:
                fields = ReadFields(types, structure, ref position, 1);
                break;
        }

        type.Define((header & IsFinal) != 0, supertype, function, fields);
        return position;
    }

    private static ValueCode[] ReadCodes(DefinedType[] types, uint[] structure, ref int position)
    {
        int count = (int)structure[position++];
        if (count == 0)
        {
            return FunctionType.NoCodes;
        }

        ValueCode[] codes = new ValueCode[count];
        for (int i = 0; i < count; i++)
        {
            codes[i] = Resolve(types, structure[position++]);
        }

        return codes;
    }

    private static FieldType[] ReadFields(DefinedType[] types, uint[] structure, ref int position, int count)
    {
        FieldType[] fields = new FieldType[count];
        for (int i = 0; i < count; i++)
        {
            ValueCode code = Resolve(types, structure[position++]);
            fields[i] = new FieldType(code, structure[position++] != 0);
        }

        return fields;
    }

    private static ValueCode Resolve(DefinedType[] types, uint token)
    {
        ValueCode code = (ValueCode)token;
        return code.IsInGroup ? types[code.Number].Code(code.Reference == ValueCodes.NullableInGroup) : code;
    }

    private static int NextType(uint[] structure, int position)
    {
        uint header = structure[position++];
        position += (header & HasSupertype) != 0 ? 1 : 0;
        switch ((TypeForm)(header & FormMask))
        {
            case TypeForm.Function:
                position += (int)structure[position] + 1;
                return position + (int)structure[position] + 1;
            case TypeForm.Structure:
                return position + (2 * (int)structure[position]) + 1;
            default:
                return position + 2;
        }
    }

    private void Add(ValueCode[] codes)
    {
        Add((uint)codes.Length);
        foreach (ValueCode code in codes)
        {
            Add((uint)code);
        }
    }
}

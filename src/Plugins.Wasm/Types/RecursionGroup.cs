namespace Plugins.Wasm.Types;

/// <summary>Types that may refer to one another; most groups are of one type.</summary>
/// <remarks>
/// Immutable and safe for use by many threads. It keeps what it refers to, so that the numbers in its codes stay
/// theirs. WebAssembly 3.0, section 2.3.9.
/// </remarks>
internal sealed class RecursionGroup
{
    private readonly uint[] _structure;
    private readonly DefinedType[] _mentioned;
    private Dictionary<int, DefinedType>? _byNumber;

    /// <param name="structure">Its structure, as <see cref="TypeStructure"/> writes it.</param>
    /// <param name="hash">The structure's hash code.</param>
    /// <param name="mentioned">The types of earlier groups that it refers to.</param>
    /// <param name="numbers">Gives numbers that no other living type has.</param>
    public RecursionGroup(uint[] structure, int hash, DefinedType[] mentioned, Func<int> numbers)
    {
        _structure = structure;
        _mentioned = mentioned;
        Hash = hash;
        Types = TypeStructure.Build(this, structure, numbers);
        _byNumber = null;
    }

    ~RecursionGroup() => TypeRegistry.Release(this);

    public int Hash { get; }

    public DefinedType[] Types { get; }

    // Code of the base library for lists of these is not there before the JIT is.
    public bool HasStructure(TypeStructure structure)
    {
        if (structure.Count != _structure.Length)
        {
            return false;
        }

        for (int i = 0; i < _structure.Length; i++)
        {
            if (_structure[i] != structure.Tokens[i])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The type that a code of one of its types refers to.</summary>
    /// <remarks>While the group is being made, only types of earlier groups are known.</remarks>
    public DefinedType Find(int number)
    {
        Dictionary<int, DefinedType>? known = _byNumber;
        if (known is null)
        {
            known = new Dictionary<int, DefinedType>(_mentioned.Length);
            AddTo(known, _mentioned);
            AddTo(known, Types ?? []);
            _byNumber = known;
        }

        return known[number];
    }

    private static void AddTo(Dictionary<int, DefinedType> known, DefinedType[] types)
    {
        foreach (DefinedType type in types)
        {
            known[type.Number] = type;
        }
    }
}

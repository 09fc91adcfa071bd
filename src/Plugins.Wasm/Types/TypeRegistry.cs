namespace Plugins.Wasm.Types;

/// <summary>Knows all types that anything in the process uses, so that each is one object.</summary>
/// <remarks>
/// Modules hold their types, and a type's number is given to another one only after it was finalized. Safe for use by
/// many threads.
/// </remarks>
internal static class TypeRegistry
{
    private static readonly Lock s_lock = new();
    private static readonly Dictionary<int, Entry> s_known = [];
    private static readonly List<int> s_free = [];
    private static readonly Func<int> s_takeNumber = TakeNumber;
    private static int s_next = 1;

    /// <summary>The type that a function type of the host's own is: final, and in a group of its own.</summary>
    public static DefinedType Find(FunctionType type)
    {
        TypeStructure structure = new();
        structure.Add(type);
        return (Find(structure, []) ?? throw new InvalidOperationException("There are too many types.")).Types[0];
    }

    /// <summary>The group of that structure, made if need be.</summary>
    /// <param name="structure">Its structure, as <see cref="TypeStructure"/> describes it.</param>
    /// <param name="mentioned">The types of other groups in it.</param>
    /// <returns>Null where the process has as many types as there are numbers.</returns>
    public static RecursionGroup? Find(TypeStructure structure, DefinedType[] mentioned)
    {
        int hash = HashOf(structure);
        lock (s_lock)
        {
            s_known.TryGetValue(hash, out Entry? first);
            for (Entry? entry = first; entry is not null; entry = entry.Next)
            {
                if (entry.Group.Target is RecursionGroup known && known.HasStructure(structure))
                {
                    return known;
                }
            }

            uint[] tokens = new uint[structure.Count];
            Array.Copy(structure.Tokens, tokens, tokens.Length);
            if (s_next + tokens.Length > ValueCodes.NumberLimit)
            {
                return null;
            }

            RecursionGroup made = new(tokens, hash, mentioned, s_takeNumber);
            s_known[hash] = new Entry(new WeakReference(made), first);
            return made;
        }
    }

    /// <summary>Gives the numbers of a group that nothing uses any more to others.</summary>
    public static void Release(RecursionGroup dead)
    {
        lock (s_lock)
        {
            foreach (DefinedType type in dead.Types)
            {
                s_free.Add(type.Number);
            }

            if (s_known.TryGetValue(dead.Hash, out Entry? first))
            {
                RemoveDead(dead.Hash, first);
            }
        }
    }

    // A new group of the same structure may have come since this one died, and others of the same hash code.
    private static void RemoveDead(int hash, Entry? entry)
    {
        Entry? alive = null;
        for (; entry is not null; entry = entry.Next)
        {
            if (entry.Group.IsAlive)
            {
                alive = new Entry(entry.Group, alive);
            }
        }

        if (alive is null)
        {
            s_known.Remove(hash);
        }
        else
        {
            s_known[hash] = alive;
        }
    }

    private static int TakeNumber()
    {
        if (s_free.Count > 0)
        {
            int number = s_free[^1];
            s_free.RemoveAt(s_free.Count - 1);
            return number;
        }

        return s_next++;
    }

    // Other each time the process runs, so that nobody can prepare types that all have one code.
    private static int HashOf(TypeStructure structure)
    {
        HashCode hash = default;
        for (int i = 0; i < structure.Count; i++)
        {
            hash.Add((int)structure.Tokens[i]);
        }

        return hash.ToHashCode();
    }

    private sealed record Entry(WeakReference Group, Entry? Next);
}

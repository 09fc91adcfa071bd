namespace Plugins.Conventions.Tests.Arrows;

/// <summary>The parts of a project. Files of the root that no part has are its top, which may refer to all.</summary>
internal sealed class ProjectParts(IReadOnlyList<Part> parts)
{
    /// <summary>The name of the top in findings.</summary>
    public const string Top = "the root";

    private readonly Dictionary<string, Part> _byMember = parts
        .SelectMany(part => part.Members.Select(member => (member, part)))
        .ToDictionary(pair => pair.member, pair => pair.part, StringComparer.Ordinal);

    /// <summary>The part of a file, the top, or null for a folder that no part has.</summary>
    /// <param name="path">From the project's folder.</param>
    public string? PartOf(string path)
    {
        int slash = path.LastIndexOf('/');
        if (slash >= 0)
        {
            return _byMember.GetValueOrDefault(path[..slash])?.Name;
        }

        // Of a type in several files, each file may be in another part.
        string name = Path.GetFileNameWithoutExtension(path);
        string type = name.Split('.')[0];
        return (_byMember.GetValueOrDefault(name) ?? _byMember.GetValueOrDefault(type))?.Name ?? Top;
    }

    /// <summary>What is wrong with the parts themselves.</summary>
    /// <param name="files">The project's files.</param>
    public IEnumerable<string> Faults(IReadOnlyList<string> files)
    {
        var homeless = files.Where(file => PartOf(file) is null).Select(file => $"{file}: its folder is in no part");
        var empty = _byMember.Keys.Where(member => !files.Any(file => IsMember(member, file)))
            .Select(member => $"`{member}` is no folder or file");
        var unknown =
            from part in parts
            from target in part.Targets
            where !_byMember.ContainsKey(target)
            select $"`{part.Name}` refers to `{target}`, which is no part";
        return homeless.Concat(empty).Concat(unknown).Concat(FindCycles());
    }

    /// <summary>What is wrong with the references, and with arrows that none of them needs.</summary>
    public IEnumerable<string> Faults(IEnumerable<CodeReference> references)
    {
        HashSet<(string, string)> allowed = [.. Arrows()];
        HashSet<(string, string)> used = [];
        foreach (CodeReference reference in references)
        {
            if (PartOf(reference.From) is not { } from || PartOf(reference.To) is not { } to || from == to)
            {
                continue;
            }

            if (used.Add((from, to)) && from != Top && !allowed.Contains((from, to)))
            {
                yield return $"`{from}` refers to `{to}`: {reference.From}:{reference.Line} names {reference.Name}";
            }
        }

        foreach ((string from, string to) in allowed.Except(used))
        {
            yield return $"`{from}` does not refer to `{to}`, as the page says";
        }
    }

    private static bool IsMember(string member, string file) =>
        file.StartsWith(member + "/", StringComparison.Ordinal)
        || file == member + ".cs"
        || (!file.Contains('/', StringComparison.Ordinal) && file.StartsWith(member + ".", StringComparison.Ordinal));

    private IEnumerable<(string From, string To)> Arrows() =>
        from part in parts
        from target in part.Targets
        where _byMember.ContainsKey(target)
        select (part.Name, _byMember[target].Name);

    /// <summary>Takes away arrows from where none arrives, or to where none leaves; the rest go in circles.</summary>
    private IEnumerable<string> FindCycles()
    {
        List<(string From, string To)> left = [.. Arrows()];
        while (left.RemoveAll(arrow => left.All(next => next.From != arrow.To)) > 0
            || left.RemoveAll(arrow => left.All(last => last.To != arrow.From)) > 0)
        {
        }

        return left.Count == 0
            ? []
            : [$"a cycle: {string.Join(", ", left.Select(arrow => $"`{arrow.From}` → `{arrow.To}`"))}"];
    }
}

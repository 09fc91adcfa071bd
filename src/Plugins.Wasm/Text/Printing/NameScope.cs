namespace Plugins.Wasm.Text.Printing;

/// <summary>Names of one kind, made unique. A module may give one name to many, and none to most.</summary>
internal sealed class NameScope
{
    // What is longer is no identifier: it would stand at every use.
    private const int MaximumIdentifier = 256;

    private readonly Dictionary<uint, PrintedName> _names = [];
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    public void Add(uint index, string name)
    {
        if (_names.ContainsKey(index))
        {
            return;
        }

        string? identifier = Unique(name, index);
        _names.Add(index, new PrintedName(
            identifier is null ? null : Words.Identifier(identifier), identifier == name ? null : name));
    }

    public PrintedName Find(uint index) => _names.GetValueOrDefault(index);

    /// <summary>The identifier, else the number.</summary>
    public string Use(uint index) =>
        Find(index).Identifier ?? index.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Writes identifier, annotation and number behind the keyword of a declaration.</summary>
    public void Declare(uint index, IndentedText output)
    {
        DeclareName(index, output);
        output.Word($"(;{index.ToString(System.Globalization.CultureInfo.InvariantCulture)};)");
    }

    /// <summary>The same without the number.</summary>
    public void DeclareName(uint index, IndentedText output)
    {
        PrintedName name = Find(index);
        if (name.Identifier is string identifier)
        {
            output.Word(identifier);
        }

        if (name.Annotation is string annotation)
        {
            output.Word($"(@name {Words.Text(annotation)})");
        }
    }

    private string? Unique(string name, uint index)
    {
        if (name.Length is 0 or > MaximumIdentifier)
        {
            return null;
        }

        if (_taken.Add(name))
        {
            return name;
        }

        string other = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{name}#{index}");
        return _taken.Add(other) ? other : null;
    }
}

using System.Text;
using Plugins.Manifest.Text;

namespace Plugins.Manifest.Json;

/// <summary>A value of a strictly read document, which knows where it stands in it.</summary>
/// <remarks>Not changed once the document is read, but for what it remembers to have been asked.</remarks>
internal sealed partial class JsonValue(JsonSource source, JsonKind kind, JsonValue? parent, string? name, int index)
{
    // Enough of a name to find it by, however long a hostile one is.
    private const int PathNameLength = 64;

    public JsonKind Kind { get; } = kind;

    public int Start { get; init; }

    public int End { get; set; }

    /// <summary>Where the name of this field starts; where it stands in a list, the value itself.</summary>
    public int NameStart { get; set; }

    public string Text { get; init; } = string.Empty;

    /// <summary>An integer's value; 1 for true.</summary>
    public long Number { get; init; }

    public List<JsonValue>? Items { get; init; }

    public Dictionary<string, JsonValue>? Members { get; init; }

    /// <summary>The value's own bytes, as UTF-8.</summary>
    public string Raw => Encoding.UTF8.GetString(source.Bytes.Span[Start..End]);

    /// <summary>The field, as in <c>$.permissions[2].name</c>; built only for messages.</summary>
    public string Path
    {
        get
        {
            if (parent is null)
            {
                return "$";
            }

            return name is null ? $"{parent.Path}[{index}]" : parent.PathTo(name);
        }
    }

    /// <summary>The names asked for so far, where the source says that they are remembered.</summary>
    public HashSet<string>? Asked { get; private set; }

    public ManifestFormatException Fail(ManifestFormatProblem problem, string? expected = null) =>
        new(source.Code, problem, Path, Start, expected);

    public ManifestFormatException FailAt(string member, ManifestFormatProblem problem, string? expected = null) =>
        new(source.Code, problem, PathTo(member), Start, expected);

    public string PathTo(string member)
    {
        return $"{Path}.{VisibleText.Escape(member, PathNameLength)}";
    }
}

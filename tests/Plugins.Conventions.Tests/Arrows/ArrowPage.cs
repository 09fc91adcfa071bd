using System.Text.RegularExpressions;
using Plugins.Conventions.Tests.Sources;

namespace Plugins.Conventions.Tests.Arrows;

/// <summary>The tables of <c>docs/architecture.md</c> that say which folder may refer to which.</summary>
internal static partial class ArrowPage
{
    private const string Section = "## Folders";
    private const string ProjectHeading = "### `";

    public static IReadOnlyDictionary<string, ProjectParts> Read() =>
        Read(File.ReadAllText(Repository.FullPath("docs/architecture.md")));

    public static IReadOnlyDictionary<string, ProjectParts> Read(string page)
    {
        Dictionary<string, List<Part>> projects = new(StringComparer.Ordinal);
        List<Part>? rows = null;
        foreach (string line in LinesOfSection(page))
        {
            if (line.StartsWith(ProjectHeading, StringComparison.Ordinal))
            {
                projects.Add(line[ProjectHeading.Length..^1], rows = []);
            }
            else if (line.StartsWith("| `", StringComparison.Ordinal))
            {
                string[] cells = line.Trim('|').Split('|');
                rows?.Add(new Part(Names(cells[0]), Names(cells[^1])));
            }
        }

        return projects.ToDictionary(pair => pair.Key, pair => new ProjectParts(pair.Value), StringComparer.Ordinal);
    }

    private static IEnumerable<string> LinesOfSection(string page) => page.Split('\n')
        .SkipWhile(line => line != Section)
        .Skip(1)
        .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal));

    private static string[] Names(string cell) => [.. Name().Matches(cell).Select(match => match.Groups["name"].Value)];

    [GeneratedRegex("`(?<name>[^`]+)`", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Name();
}

using System.Text.RegularExpressions;
using Plugins.Conventions.Tests.Sources;

namespace Plugins.Conventions.Tests;

/// <summary>The pages for contributors name every project and every switch that there is.</summary>
public sealed partial class PageTests
{
    [Test]
    public void Architecture_OfThePackages_ListsEveryProject() =>
        Assert.That(NamesIn("docs/architecture.md", "## Packages"), Is.SupersetOf(ProjectsBelow("src")));

    [Test]
    public void Contributing_OfTheTestProjects_ListsEveryOne()
    {
        string[] products = [.. ProjectsBelow("src").Select(project => project + ".Tests")];
        string[] named = NamesIn("CONTRIBUTING.md", "## Build and test");
        Assert.That(ProjectsBelow("tests").Except(products, StringComparer.Ordinal), Is.SubsetOf(named));
        Assert.That(named.Where(IsTestProject), Is.Unique.And.SubsetOf(ProjectsBelow("tests").Append("X.Tests")));
    }

    [Test]
    public void Contributing_OfFilesThatTestsWrite_NamesEverySwitch()
    {
        var switches = Repository.FilesBelow("tests").Where(path => path.EndsWith(".cs", StringComparison.Ordinal))
            .SelectMany(path => Switch().Matches(File.ReadAllText(Repository.FullPath(path))))
            .Select(match => match.Value)
            .Distinct(StringComparer.Ordinal);
        string page = string.Join(' ', NamesIn("CONTRIBUTING.md", "## Files that tests write", cell: 1));
        Assert.That(switches, Is.Not.Empty.And.All.Matches<string>(name => page.Contains(name + "=1 ")));
    }

    private static bool IsTestProject(string name) => name.EndsWith("Tests", StringComparison.Ordinal)
        && !name.Contains(' ', StringComparison.Ordinal);

    private static string[] ProjectsBelow(string folder) =>
    [
        .. Repository.FilesBelow(folder).Where(path => path.Count(letter => letter == '/') == 2)
            .Where(path => path.EndsWith(".csproj", StringComparison.Ordinal))
            .Select(path => Path.GetFileNameWithoutExtension(path)),
    ];

    /// <summary>The words between backticks in one column of the tables below a heading.</summary>
    private static string[] NamesIn(string page, string heading, int cell = 0) =>
    [
        .. File.ReadAllText(Repository.FullPath(page)).Split('\n')
            .SkipWhile(line => line != heading)
            .Skip(1)
            .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
            .Where(line => line.StartsWith('|'))
            .SelectMany(line => Name().Matches(line.Split('|')[cell + 1]))
            .Select(match => match.Groups["name"].Value),
    ];

    [GeneratedRegex("`(?<name>[^`]+)`", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Name();

    [GeneratedRegex("PLUGINS_UPDATE_[A-Z]+(_[A-Z]+)*", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Switch();
}

using Plugins.Conventions.Tests.Arrows;
using Plugins.Conventions.Tests.Sources;

namespace Plugins.Conventions.Tests;

/// <summary>References between the folders of a project go the ways that docs/architecture.md draws.</summary>
public sealed class ArrowTests
{
    private static readonly Lazy<IReadOnlyDictionary<string, ProjectParts>> Page = new(ArrowPage.Read);

    private static IEnumerable<string> Projects() => Directory.EnumerateDirectories(Repository.FullPath("src"))
        .Select(folder => Path.GetFileName(folder))
        .Order(StringComparer.Ordinal);

    [TestCaseSource(nameof(Projects))]
    public void Folders_OfAProject_ReferAsThePageDraws(string project)
    {
        ProjectCode code = ProjectCode.Load(project);
        bool isDrawn = Page.Value.TryGetValue(project, out ProjectParts? parts);
        Assert.That(isDrawn || code.Files.All(IsAtTheRoot), "docs/architecture.md draws no arrows for this project.");
        parts ??= new ProjectParts([]);
        string[] faults = [.. parts.Faults(code.Files), .. parts.Faults(code.FindReferencesBetweenFiles())];
        Assert.That(faults, Is.Empty, () => string.Join('\n', faults));
    }

    private static bool IsAtTheRoot(string path) => !path.Contains('/', StringComparison.Ordinal);

    [Test]
    public void Page_OfThisRepository_DrawsNothingThatIsGone() =>
        Assert.That(Page.Value.Keys, Is.SubsetOf(Projects()));
}

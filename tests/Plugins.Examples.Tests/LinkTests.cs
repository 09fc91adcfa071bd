using System.Text.RegularExpressions;
using Plugins.Examples.Tests.Support;

namespace Plugins.Examples.Tests;

/// <summary>Links between the pages of this repository lead somewhere.</summary>
internal sealed partial class LinkTests
{
    private static readonly string[] Generated = ["bin", "obj", "node_modules", "target", "artifacts"];

    private static IEnumerable<string> Pages() => Walk(new DirectoryInfo(Repository.Root))
        .Select(file => Path.GetRelativePath(Repository.Root, file.FullName));

    [TestCaseSource(nameof(Pages))]
    public void Page_ItsLinks_LeadToFilesAndHeadings(string page)
    {
        var links = Links().Matches(Repository.Read(page)).Select(match => match.Groups["target"].Value);
        Assert.That(links.Where(link => !Leads(page, link)), Is.Empty);
    }

    private static IEnumerable<FileInfo> Walk(DirectoryInfo folder) => folder
        .EnumerateFiles("*.md")
        .Concat(folder.EnumerateDirectories().Where(IsSource).SelectMany(Walk));

    private static bool IsSource(DirectoryInfo folder) =>
        !folder.Name.StartsWith('.') && !Generated.Contains(folder.Name, StringComparer.Ordinal);

    private static bool Leads(string page, string link)
    {
        if (link.Contains("://", StringComparison.Ordinal))
        {
            return true;
        }

        var parts = link.Split('#');
        var path = parts[0].Length == 0
            ? Repository.FullPath(page)
            : Path.GetFullPath(Path.Combine(Repository.Root, Path.GetDirectoryName(page)!, parts[0]));
        return parts.Length == 1
            ? Path.Exists(path)
            : File.Exists(path) && Headings(path).Contains(parts[1], StringComparer.Ordinal);
    }

    /// <summary>The anchors that Git hosts make of a page's headings.</summary>
    private static IEnumerable<string> Headings(string path) => Markdown.Read(path).Lines
        .Where(line => line.StartsWith('#'))
        .Select(line => NotInAnchors().Replace(line.TrimStart('#', ' ').ToLowerInvariant(), "").Replace(' ', '-'));

    [GeneratedRegex(@"\]\((?<target>[^()\s]+)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Links();

    [GeneratedRegex(@"[^\w\- ]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NotInAnchors();
}

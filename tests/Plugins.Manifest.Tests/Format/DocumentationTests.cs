using System.Text;
using Plugins.Manifest.Tests.Support;

namespace Plugins.Manifest.Tests.Format;

public sealed class DocumentationTests
{
    private static readonly string _page =
        File.ReadAllText(Path.Combine(Repository.Root, "docs", "manifest.md")).ReplaceLineEndings("\n");

    [Test]
    public void Example_OfThePage_IsAValidManifest()
    {
        var begin = _page.IndexOf("```json\n", StringComparison.Ordinal) + "```json\n".Length;
        var json = _page[begin.._page.IndexOf("\n```", begin, StringComparison.Ordinal)];

        var manifest = PluginManifest.Parse(Encoding.UTF8.GetBytes(json));

        Assert.That(manifest.Id, Is.EqualTo(TestPlugin.Manifest.Id));
        Assert.That(manifest.Permissions, Has.Count.EqualTo(2));
    }

    [Test]
    public void Page_EveryField_IsDescribed()
    {
        using var json = System.Text.Json.JsonDocument.Parse(TestPlugin.FullJson);
        var root = json.RootElement;
        var members = root.EnumerateObject().Concat(root.GetProperty("limits").EnumerateObject());

        Assert.That(
            members.Select(member => member.Name).Where(name => !_page.Contains($"`{name}", StringComparison.Ordinal)),
            Is.Empty);
    }
}

using Plugins.Examples.Tests.Support;

namespace Plugins.Examples.Tests.Guides;

/// <summary>The pages for plugin authors show code that is compiled and run.</summary>
internal sealed class GuideTests
{
    [TestCase("rust", "rust", "Pdk-Rust/reserve/src/lib.rs")]
    [TestCase("c", "c", "Pdk-C/reserve/reserve.c")]
    [TestCase("assemblyscript", "ts", "Pdk-AssemblyScript/reserve/index.ts")]
    [TestCase("csharp", "csharp", "Pdk-CSharp/reserve/ReservePlugin.cs")]
    [TestCase("csharp", "csharp", "Pdk-CSharp/reserve/Request.cs", 1)]
    public void Page_OfALanguage_ShowsTheExample(string page, string language, string path, int index = 0)
    {
        var shown = Markdown.Read($"docs/writing-plugins-{page}.md").CodeBlock(language, index);

        // A page leaves out the tests at the end of a source in Rust.
        var source = Repository.Read($"examples/{path}").Split("\n#[cfg(test)]")[0].TrimEnd().Split('\n');
        Assert.That(shown, Is.EqualTo(source));
    }

    [TestCase("rust")]
    [TestCase("c")]
    [TestCase("assemblyscript")]
    [TestCase("csharp")]
    public void EntryPage_OfAllLanguages_LeadsToEach(string page)
    {
        Assert.That(Repository.Read("docs/writing-plugins.md"), Does.Contain($"(writing-plugins-{page}.md)"));
    }

    [TestCase("Rust", "Rust", 4_096)]
    [TestCase("C", "C and C++", 4_096)]
    [TestCase("AssemblyScript", "AssemblyScript", 12_288)]
    public void WordCount_InALanguage_IsAsSmallAsThePageSays(string language, string title, int limit)
    {
        var bytes = new FileInfo(Repository.FullPath($"examples/Pdk-{language}/word_count/plugin.wasm")).Length;
        Assert.That(bytes, Is.LessThanOrEqualTo(limit));

        var size = FormattableString.Invariant($"{bytes / 1000.0:0.0} KB");
        var row = Markdown.Read("docs/writing-plugins.md").Lines
            .Single(line => line.StartsWith($"| [{title}](", StringComparison.Ordinal));
        Assert.That(row, Does.EndWith($"| {size} |"));
    }

    /// <summary>The tables of the SDKs' own pages: `[`name`](path) | what | size`.</summary>
    [Test]
    public void Readme_OfAnSdk_TellsTheSizes([Values("Rust", "C", "AssemblyScript")] string language)
    {
        var rows = Markdown.Read($"examples/Pdk-{language}/README.md").Lines
            .Where(line => line.StartsWith("| [`", StringComparison.Ordinal))
            .ToDictionary(line => line.Split('`')[1], line => line.Split('|')[^2].Trim(), StringComparer.Ordinal);
        var sizes = rows.Keys.ToDictionary(
            name => name, name => Size($"examples/Pdk-{language}/{name}/plugin.wasm"), StringComparer.Ordinal);

        Assert.That(rows, Has.Count.EqualTo(6).And.EquivalentTo(sizes));
    }

    private static string Size(string path) =>
        FormattableString.Invariant($"{new FileInfo(Repository.FullPath(path)).Length / 1000.0:0.0} KB");
}

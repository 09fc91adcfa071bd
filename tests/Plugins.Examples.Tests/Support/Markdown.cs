namespace Plugins.Examples.Tests.Support;

/// <summary>The parts of a page of Markdown that tests hold against the truth.</summary>
internal sealed class Markdown(string text)
{
    internal static Markdown Read(string path) => new(Repository.Read(path));

    internal string[] Lines { get; } = text.TrimEnd('\n').Split('\n');

    /// <summary>The lines of the code block of a language, counted from 0.</summary>
    internal string[] CodeBlock(string language, int index = 0) =>
        [.. Lines.Skip(StartOf(language, index) + 1).TakeWhile(line => line != "```")];

    /// <summary>All code blocks of a language, in order.</summary>
    internal IEnumerable<string[]> CodeBlocks(string language) =>
        Enumerable.Range(0, Lines.Count(line => line == "```" + language)).Select(index => CodeBlock(language, index));

    /// <summary>The code blocks that a comment before them marks as commands to run, in order.</summary>
    internal IEnumerable<string[]> BlocksToRun() => Lines
        .Index()
        .Where(line => line.Item == "<!-- run -->")
        .Select(line => Lines[(line.Index + 2)..].TakeWhile(text => text != "```").ToArray());

    /// <summary>The number, from 1, of the last line of a code block.</summary>
    internal int LastLineOf(string language) => StartOf(language, 0) + CodeBlock(language).Length + 1;

    private int StartOf(string language, int index) => Lines
        .Index()
        .Where(line => line.Item == "```" + language)
        .ElementAt(index)
        .Index;
}

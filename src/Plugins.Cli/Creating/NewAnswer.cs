using System.ComponentModel;
using Plugins.Cli.Answers;
using Plugins.Cli.Commands;
using Plugins.Cli.Terminals;

namespace Plugins.Cli.Creating;

/// <summary>A plugin that was started.</summary>
internal sealed record NewAnswer() : Answer("new")
{
    [Description("The template.")]
    public required string Template { get; init; }

    [Description("The folder that was made.")]
    public required string Folder { get; init; }

    [Description("The file to change first.")]
    public required string Source { get; init; }

    [Description("All files, by their paths in the folder.")]
    public required IReadOnlyList<string> Files { get; init; }

    [Description("The one command that builds and tests the plugin, to be run in the folder.")]
    public required string TestCommand { get; init; }

    [Description("What is not installed here; nothing where all is.")]
    public string? MissingToolchain { get; init; }

    [Description("The command that installs what the template needs.")]
    public required string InstallCommand { get; init; }

    internal override void Print(Session session)
    {
        var page = session.Page;
        var folder = session.Surroundings.Show(Folder);
        page.Line(("made ", Tone.Good), ($"{folder}", Tone.Strong), ($" from the template {Template}", Tone.Plain));
        page.Line();
        page.Facts(
            (Source, "the plugin: start here", Tone.Plain),
            ("manifest.json", "who made it, what can be called, what it asks to be allowed", Tone.Plain),
            ("cases.json", "inputs, and the outputs or failures they must give", Tone.Plain),
            ("README.md", "how to build, test and sign it", Tone.Plain));
        if (MissingToolchain is not null)
        {
            page.Line();
            page.Line(("missing: ", Tone.Warning), (MissingToolchain, Tone.Plain));
            page.Line(("install: ", Tone.Strong), (InstallCommand, Tone.Plain));
        }

        page.Next($"cd {folder} && {TestCommand}");
    }
}

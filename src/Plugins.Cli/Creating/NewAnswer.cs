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

    [Description("What is not installed here; absent if everything is.")]
    public string? MissingToolchain { get; init; }

    [Description("The command that installs what the template needs.")]
    public required string InstallCommand { get; init; }

    [Description("True if the test will not find the plugins command.")]
    public bool MissingCommand { get; init; }

    [Description("The folder of packages that nuget.config names, for a plugin in C#.")]
    public string? Packages { get; init; }

    internal override void Print(Session session)
    {
        var page = session.Page;
        var folder = session.Surroundings.Show(Folder);
        page.Line(("made ", Tone.Good), ($"{folder}", Tone.Strong), ($" from the template {Template}", Tone.Plain));
        page.Line();
        page.Facts(
            (Source, "the plugin: start here", Tone.Plain),
            ("manifest.json", "who made it, which functions can be called, what it asks to be allowed", Tone.Plain),
            ("cases.json", "inputs, and the outputs or failures expected of them", Tone.Plain),
            ("README.md", "how to build, test and sign it", Tone.Plain));
        if (MissingToolchain is not null)
        {
            page.Line();
            page.Labelled(("missing: ", Tone.Warning), (MissingToolchain, Tone.Plain));
            page.Labelled(("install: ", Tone.Strong), (InstallCommand, Tone.Plain));
        }

        if (MissingCommand)
        {
            page.Line();
            page.Labelled(("missing: ", Tone.Warning), ("The command plugins is not on the path.", Tone.Plain));
            page.Labelled(
                ("install: ", Tone.Strong),
                ("dotnet tool install --global Plugins.Cli --add-source <folder of its packages>", Tone.Plain));
        }

        if (Template == "csharp")
        {
            page.Line();
            page.Labelled(("packages: ", Tone.Strong), (Packages is null
                ? "those of your NuGet sources; --packages names another folder"
                : session.Surroundings.Show(Packages), Tone.Plain));
        }

        page.Next($"cd {folder} && {TestCommand}");
    }
}

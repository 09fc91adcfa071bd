using System.CommandLine;
using Plugins.Cli.Commands;
using Plugins.Cli.Failures;
using Plugins.Cli.Files;
using Plugins.Cli.Terminals;
using Plugins.Manifest;

namespace Plugins.Cli.Creating;

/// <summary><c>plugins new</c>: starts a plugin that builds, and passes its own test.</summary>
internal static class NewCommand
{
    private static readonly Argument<string> TemplateName = new Argument<string>("template")
    {
        Description = string.Join("; ", Template.All.Select(template => $"{template.Name}: {template.Title}")) + ".",
        HelpName = "template",
    }.AcceptOnlyFromAmong([.. Template.All.Select(template => template.Name)]);

    private static readonly Argument<string> Name = new("name")
    {
        Description = "The name of the plugin and of its new folder.",
    };

    private static readonly Option<string> Publisher = new("--publisher")
    {
        Description = "The publisher, which is the first part of the plugin's id.",
        HelpName = "name",
        DefaultValueFactory = _ => "example",
    };

    private static readonly Option<string?> Packages = new("--packages")
    {
        Description = "The folder of NuGet packages for a C# plugin. In a clone, artifacts/packages is found.",
        HelpName = "folder",
    };

    internal static Command Create(Surroundings surroundings)
    {
        var command = new Command(
            "new", "Creates a plugin that builds and passes its tests: sources, SDK, manifest and test cases.")
        {
            TemplateName, Name, Publisher, Packages,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(Packages) is not null && result.GetValue(TemplateName) is { } name && name != "csharp")
            {
                result.AddError("--packages is for the template csharp.");
            }
        });
        command.Answers(surroundings, (line, _) => Make(line, surroundings));
        return command;
    }

    private static NewAnswer Make(ParseResult line, Surroundings surroundings)
    {
        var template = Template.Find(line.GetRequiredValue(TemplateName));
        var name = line.GetRequiredValue(Name);
        var publisher = line.GetRequiredValue(Publisher);
        RequireNames(publisher, name);
        var folder = surroundings.PathOf(name);
        if (Path.Exists(folder))
        {
            throw CommandException.Usage(
                $"{surroundings.Show(folder)} exists already.", "Nothing is overwritten.", "Choose another name.");
        }

        var packages = template.Name == "csharp" ? PackageFolder.Find(line.GetValue(Packages), surroundings) : null;
        var files = WriteAll(folder, TemplateFiles.Of(template, publisher, name, packages));
        return new NewAnswer
        {
            Template = template.Name,
            Folder = folder,
            Source = template.Source,
            Files = [.. files.Order(StringComparer.Ordinal)],
            TestCommand = template.NeedsCommand ? TestCommandOf(surroundings) : "sh test.sh",
            MissingToolchain = template.Toolchain.FindFault(surroundings),
            InstallCommand = template.Toolchain.Install,
            MissingCommand = template.NeedsCommand && !IsOnThePath(surroundings) && surroundings.Command is null,
            Packages = packages,
        };
    }

    // The script takes the command from the path, or from a variable where it lies elsewhere, as in a clone.
    private static string TestCommandOf(Surroundings surroundings) =>
        IsOnThePath(surroundings) || surroundings.Command is not { } command
            ? "sh test.sh"
            : $"PLUGINS={ShellWord.Of(command)} sh test.sh";

    private static bool IsOnThePath(Surroundings surroundings) => Toolchain.PathOf(surroundings, "plugins") is not null;

    // All files or none: half a plugin would be in the way of the next attempt.
    private static List<string> WriteAll(string folder, IEnumerable<(string Path, byte[] Content)> files)
    {
        var written = new List<string>();
        try
        {
            foreach (var (path, content) in files)
            {
                Write(Path.Combine(folder, path), content);
                written.Add(path);
            }

            return written;
        }
        catch (CommandException) when (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    private static void Write(string path, byte[] content)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CommandException.Usage(
                $"{path} cannot be created.",
                exception.Message,
                "Check that you may write to the current folder, and that the disk has room.");
        }

        NewFile.Write(path, content, overwrite: false);
    }

    // The name becomes a folder, a crate and a package: what all of them take.
    private static void RequireNames(string publisher, string name)
    {
        var isPlain = name.All(
            letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '-' or '_')
            && char.IsAsciiLetterLower(name.FirstOrDefault());
        if (!isPlain || !PluginId.TryParse($"{publisher}/{name}", out _))
        {
            throw CommandException.Usage(
                $"{publisher}/{name} cannot be a plugin's id.",
                "A name is 1 to 64 lowercase letters and digits, with single - or _ between, and begins with a letter.",
                "Choose such a name, as in plugins new rust word-count --publisher acme.");
        }
    }
}

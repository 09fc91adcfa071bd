using System.Buffers;
using System.CommandLine;
using System.Text;
using Plugins.Cli.Failures;
using Plugins.Cli.Files;
using Plugins.Cli.Sources;
using Plugins.Cli.Terminals;
using Plugins.Host.Capabilities;
using Plugins.Manifest.Permissions;
using Plugins.Testing.Cases;

namespace Plugins.Cli.Hosting;

/// <summary>Stand-ins for an application's host functions, from the command line or a case file.</summary>
internal sealed class StubOptions
{
    private readonly Option<string[]> _stubs = new("--stub")
    {
        Description = "Offers and grants a host function that always gives this answer: text, or a file after @. "
            + "Repeatable.",
        HelpName = "name=text|name=@file",
    };

    private readonly Option<string?> _application = new("--host")
    {
        Description = "Offers and grants the host functions that the case file has under this name in hosts.",
        HelpName = "name",
    };

    private readonly Option<string?> _cases = new("--cases")
    {
        Description = "The case file for --host. Default: cases.json beside the module.",
        HelpName = "file",
    };

    internal void AddTo(Command command)
    {
        command.Add(_stubs);
        command.Add(_application);
        command.Add(_cases);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_cases) is not null && result.GetValue(_application) is null)
            {
                result.AddError("--cases needs --host, the name of an application in that file.");
            }
        });
    }

    /// <summary>By name, all functions; those of the command line take the place of the file's.</summary>
    internal IReadOnlyDictionary<string, HostFunction> Read(
        ParseResult line, Surroundings surroundings, PluginSource source)
    {
        var functions = line.GetValue(_application) is { } application
            ? new Dictionary<string, HostFunction>(
                FunctionsOf(application, line, surroundings, source), StringComparer.Ordinal)
            : new Dictionary<string, HostFunction>(StringComparer.Ordinal);
        foreach (var (name, answer) in Setting.ParseAll(line.GetValue(_stubs) ?? [], "--stub"))
        {
            RequireName(name);
            functions[name] = Always(BytesOf(answer, surroundings));
        }

        return functions;
    }

    private static byte[] BytesOf(string answer, Surroundings surroundings) => answer.StartsWith('@')
        ? BoundedFile.Read(surroundings.PathOf(answer[1..]), BoundedFile.MaximumInputBytes, "stub", mayBePipe: true)
        : Encoding.UTF8.GetBytes(answer);

    private static HostFunction Always(byte[] answer) => (_, _, result) =>
    {
        result.Write(answer);
        return CapabilityStatus.Success;
    };

    private static void RequireName(string name)
    {
        if (!PermissionNames.IsValid(name))
        {
            throw CommandException.Usage(
                $"--stub {name} is not the name of a host function.",
                "Such names are lowercase words with dots between.",
                "Write it as in --stub greeting.prefix=Hello");
        }

        if (PluginCaseFile.IsBuiltIn(name))
        {
            throw CommandException.Usage(
                $"--stub {name} would replace a function that every host has.",
                "That one answers by itself once it is granted.",
                name == "config.read" ? "Give the setting its value with --config." : $"Grant it: --grant {name}");
        }
    }

    private IReadOnlyDictionary<string, HostFunction> FunctionsOf(
        string application, ParseResult line, Surroundings surroundings, PluginSource source)
    {
        var path = line.GetValue(_cases) is { } named
            ? surroundings.PathOf(named)
            : Path.Combine(source.Folder, PluginCaseFile.DefaultName);
        var file = PluginCaseFile.Parse(
            BoundedFile.Read(path, BoundedFile.MaximumJsonBytes, "case file"), surroundings.Show(path));
        return file.Applications.TryGetValue(application, out var functions) ? functions : throw CommandException.Usage(
            $"{surroundings.Show(path)} has no application {application}.",
            file.Applications.Count == 0
                ? "It has no hosts at all."
                : $"Its hosts are {string.Join(", ", file.Applications.Keys)}.",
            "Name one of those, or add it to hosts; docs/cli.md has the format.");
    }
}

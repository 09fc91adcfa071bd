using System.CommandLine;
using Plugins.Cli.Failures;
using Plugins.Cli.Terminals;
using Plugins.Manifest.Permissions;
using Plugins.Wasi;

namespace Plugins.Cli.Hosting;

/// <summary>The options that offer, and grant, a plugin directories and variables by WASI.</summary>
internal sealed class WasiOptionSet
{
    private const string ReadOnly = ":ro";

    private readonly Option<string[]> _directories = new("--dir")
    {
        Description = "Gives a directory by WASI, under a path of the plugin's; :ro to read only. Repeatable.",
        HelpName = "host[::guest][:ro]",
    };

    private readonly Option<string[]> _variables = new("--env")
    {
        Description = "Gives a variable of the environment by WASI. Repeatable.",
        HelpName = "name=value",
    };

    internal void AddTo(Command command)
    {
        command.Add(_directories);
        command.Add(_variables);
    }

    internal WasiOffer Read(ParseResult line, Surroundings surroundings)
    {
        WasiDirectory[] directories =
            [.. (line.GetValue(_directories) ?? []).Select(text => ReadDirectory(text, surroundings))];
        var variables = Setting.ParseAll(line.GetValue(_variables) ?? [], "--env");
        List<PermissionGrant> grants = [];
        if (directories.Length > 0)
        {
            string[] scope =
                [.. directories.Select(one => one.GuestPath + (one.IsReadOnly ? ReadOnly : string.Empty))];
            grants.Add(new PermissionGrant(PermissionNames.WasiFiles, scope));
        }

        if (variables.Count > 0)
        {
            grants.Add(new PermissionGrant(PermissionNames.WasiEnvironment, [.. variables.Keys]));
        }

        return new WasiOffer(directories, variables, grants);
    }

    private static WasiDirectory ReadDirectory(string text, Surroundings surroundings)
    {
        var isReadOnly = text.EndsWith(ReadOnly, StringComparison.Ordinal);
        var paths = (isReadOnly ? text[..^ReadOnly.Length] : text).Split("::");
        var isWritten = paths.Length <= 2 && paths.All(path => path.Length > 0);
        if (!isWritten || paths[^1].Contains(':', StringComparison.Ordinal))
        {
            throw CommandException.Usage(
                $"--dir {text} is not a directory.",
                null,
                "Write it as in --dir data, --dir data::/data or --dir data:ro");
        }

        var host = surroundings.PathOf(paths[0]);
        if (!Directory.Exists(host))
        {
            throw CommandException.Usage(
                $"There is no directory {paths[0]}.", $"--dir looked for {host}.", "Make it, or name another.");
        }

        return WasiDirectory.OfHost(paths[^1], host, isReadOnly);
    }
}

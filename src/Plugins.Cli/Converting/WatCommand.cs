using System.CommandLine;
using System.Text;
using Plugins.Cli.Commands;
using Plugins.Cli.Files;
using Plugins.Cli.Sources;
using Plugins.Cli.Terminals;
using Plugins.Wasm;

namespace Plugins.Cli.Converting;

/// <summary><c>plugins wat</c>: from a module to text, and from text to a module.</summary>
internal static class WatCommand
{
    private static readonly Argument<string> File = new("file")
    {
        Description = "A module; one in the text format ends in .wat.",
    };

    private static readonly Option<string?> Output = new("--output", "-o")
    {
        Description = "The file to write: standard output for text without it, and FILE.wasm beside FILE.wat.",
        HelpName = "file",
    };

    private static readonly Option<bool> Force = new("--force")
    {
        Description = "Replaces the file that is there.",
    };

    internal static Command Create(Surroundings surroundings)
    {
        var command = new Command(
            "wat", "Prints a module as text, or makes a module of a text: all of WebAssembly 3.0.")
        {
            File, Output, Force,
        };
        command.Answers(surroundings, async (line, session, token) =>
            await Task.Run(() => Convert(line, session.Surroundings, token), token));
        return command;
    }

    private static WatAnswer Convert(ParseResult line, Surroundings surroundings, CancellationToken token)
    {
        var path = surroundings.PathOf(line.GetRequiredValue(File));
        var output = line.GetValue(Output) is { } named ? surroundings.PathOf(named) : null;
        if (!TextModule.IsText(path))
        {
            var module = BoundedFile.Read(path, BoundedFile.MaximumModuleBytes, "module");
            return ToText(path, module, output, line.GetValue(Force), token);
        }

        output ??= Path.ChangeExtension(path, "wasm");
        NewFile.RequireFree(output, line.GetValue(Force));
        var binary = TextModule.Read(path, surroundings, token);
        NewFile.Write(output, binary, line.GetValue(Force));
        return new WatAnswer { File = path, Output = output, Bytes = binary.Length };
    }

    private static WatAnswer ToText(
        string path, byte[] module, string? output, bool overwrite, CancellationToken token)
    {
        var text = TextFormat.FromBinary(module, cancellationToken: token);
        var utf8 = Encoding.UTF8.GetBytes(text);
        if (output is not null)
        {
            NewFile.Write(output, utf8, overwrite);
        }

        return new WatAnswer
        {
            File = path, Output = output, Bytes = utf8.Length, Text = output is null ? text : null,
        };
    }
}

using System.CommandLine;
using System.Text;
using Plugins.Cli.Files;
using Plugins.Cli.Terminals;

namespace Plugins.Cli.Running;

/// <summary>Where the input of a call comes from: the command line, a file, or stdin.</summary>
internal sealed class InputOptions
{
    private readonly Argument<string?> _text = new("input")
    {
        Description = "The input as text. Without it, --input-file or else stdin is read, unless stdin is a terminal.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _file = new("--input-file", "-i")
    {
        Description = "Reads the input from a file or a pipe; - is stdin.",
        HelpName = "file",
    };

    internal void AddTo(Command command)
    {
        command.Add(_text);
        command.Add(_file);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_text) is not null && result.GetValue(_file) is not null)
            {
                result.AddError("The input is given both as text and with --input-file.");
            }
        });
    }

    /// <summary>What stands where the input would, or null.</summary>
    internal string? TextOf(ParseResult line) => line.GetValue(_text);

    /// <summary>The input of a program, whose arguments are no input.</summary>
    internal Stream OpenFile(ParseResult line, Surroundings surroundings)
    {
        var file = line.GetValue(_file);
        return file is not (null or "-") ? BoundedFile.Open(surroundings.PathOf(file), "input file")
            : file is null && surroundings.InputIsTerminal ? Stream.Null
            : surroundings.Input;
    }

    internal async Task<byte[]> ReadAsync(ParseResult line, Surroundings surroundings, CancellationToken token)
    {
        if (line.GetValue(_text) is { } text)
        {
            return Encoding.UTF8.GetBytes(text);
        }

        var file = line.GetValue(_file);
        if (file is not (null or "-"))
        {
            var path = surroundings.PathOf(file);
            return await ReadAsync(
                () => BoundedFile.Read(path, BoundedFile.MaximumInputBytes, "input file", mayBePipe: true), token);
        }

        if (file is null && surroundings.InputIsTerminal)
        {
            return [];
        }

        return await ReadAsync(
            () => BoundedFile.ReadToEnd(surroundings.Input, BoundedFile.MaximumInputBytes, "The input"), token);
    }

    /// <summary>The input as a stream of any length, which whoever calls disposes.</summary>
    internal Stream Open(ParseResult line, Surroundings surroundings)
    {
        if (line.GetValue(_text) is { } text)
        {
            return new MemoryStream(Encoding.UTF8.GetBytes(text));
        }

        return OpenFile(line, surroundings);
    }

    // Reading a pipe cannot be cancelled, but need not be waited for.
    private static async Task<byte[]> ReadAsync(Func<byte[]> read, CancellationToken token) =>
        await Task.Run(read, token).WaitAsync(token);
}

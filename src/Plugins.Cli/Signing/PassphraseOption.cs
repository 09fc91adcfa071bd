using System.CommandLine;
using Plugins.Cli.Failures;
using Plugins.Cli.Terminals;

namespace Plugins.Cli.Signing;

/// <summary>
/// Where the passphrase of a private key comes from: never from the command line, which others can read.
/// </summary>
internal sealed class PassphraseOption
{
    private const string DefaultVariable = "PLUGINS_KEY_PASSPHRASE";

    internal Option<string?> Option { get; } = new("--passphrase-env")
    {
        Description = $"The environment variable with the key's passphrase; {DefaultVariable} where not said.",
        HelpName = "variable",
    };

    internal bool IsGiven(ParseResult line) => line.GetValue(Option) is not null;

    internal string Read(ParseResult line, Surroundings surroundings, string question)
    {
        var variable = line.GetValue(Option) ?? DefaultVariable;
        if (surroundings.Variable(variable) is { Length: > 0 } passphrase)
        {
            return passphrase;
        }

        if (IsGiven(line) || surroundings.AskSecret is null)
        {
            throw CommandException.Usage(
                "The key's passphrase is needed.",
                $"The environment variable {variable} is not set, and there is no terminal to ask on.",
                $"Set {variable}, or another one and name it with --passphrase-env.");
        }

        return surroundings.AskSecret(question) is { Length: > 0 } answer ? answer : throw CommandException.Usage(
            "The passphrase is empty.", "That would protect nothing.", "Run the command again and type one.");
    }
}

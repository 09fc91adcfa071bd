using System.CommandLine;
using Plugins.Cli.Answers;
using Plugins.Cli.Commands;
using Plugins.Cli.Terminals;

namespace Plugins.Cli.Completing;

/// <summary><c>plugins completion</c>: prints the script that teaches a shell to complete this command.</summary>
internal static class CompletionCommand
{
    private static readonly Argument<string> Shell = new Argument<string>("shell")
    {
        Description = "bash, zsh, fish or pwsh.",
        HelpName = "shell",
    }.AcceptOnlyFromAmong("bash", "zsh", "fish", "pwsh");

    internal static Command Create(Surroundings surroundings)
    {
        var command = new Command(
            "completion", "Prints a completion script for your shell; in bash: source <(plugins completion bash).")
        {
            Shell,
        };
        command.Answers(surroundings, (line, _) =>
            new TextAnswer("completion", ScriptFor(line.GetRequiredValue(Shell))));
        return command;
    }

    // Each asks the command itself, by System.CommandLine's [suggest] directive, with the line and the cursor in it.
    private static string ScriptFor(string shell) => shell switch
    {
        "bash" => """
            _plugins() {
                local word="${COMP_WORDS[COMP_CWORD]}" IFS=$'\n'
                COMPREPLY=($(compgen -W "$(plugins "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2> /dev/null)" -- "$word"))
            }
            complete -o default -F _plugins plugins

            """,
        "zsh" => """
            #compdef plugins
            _plugins() {
                local -a found
                found=("${(@f)$(plugins "[suggest:${CURSOR}]" "${BUFFER}" 2> /dev/null)}")
                [ -n "$found" ] && compadd -a found || _files
            }
            compdef _plugins plugins

            """,
        "fish" => """
            complete -c plugins -a '(plugins "[suggest:"(commandline -C)"]" (commandline -cp) 2> /dev/null)'

            """,
        _ => """
            Register-ArgumentCompleter -Native -CommandName plugins -ScriptBlock {
                param($word, $line, $position)
                plugins "[suggest:$position]" "$line" 2> $null | Where-Object { $_ -like "$word*" } | ForEach-Object {
                    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
                }
            }

            """,
    };
}

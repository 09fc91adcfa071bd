using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Text;
using Plugins.Cli.Answers;
using Plugins.Cli.Benchmarking;
using Plugins.Cli.Commands;
using Plugins.Cli.Completing;
using Plugins.Cli.Converting;
using Plugins.Cli.Creating;
using Plugins.Cli.Failures;
using Plugins.Cli.Inspecting;
using Plugins.Cli.Recording;
using Plugins.Cli.Running;
using Plugins.Cli.Signing;
using Plugins.Cli.Terminals;
using Plugins.Cli.Testing;
using Plugins.Cli.Verifying;
using Plugins.Manifest.Text;

namespace Plugins.Cli;

/// <summary>The command <c>plugins</c> and all below it.</summary>
internal static class PluginsCommand
{
    // What a call may take to stop when it is told to; the host needs some 10 ms.
    private static readonly TimeSpan TerminationTimeout = TimeSpan.FromSeconds(2);

    internal static RootCommand Create(Surroundings surroundings)
    {
        var root = new RootCommand("Makes, runs, tests, inspects, signs, verifies and measures plugins.")
        {
            SessionCommand.Json,
            NewCommand.Create(surroundings),
            RunCommand.Create(surroundings),
            TestCommand.Create(surroundings),
            RecordCommand.Create(surroundings),
            ReplayCommand.Create(surroundings),
            InspectCommand.Create(surroundings),
            WatCommand.Create(surroundings),
            BenchCommand.Create(surroundings),
            KeygenCommand.Create(surroundings),
            SignCommand.Create(surroundings),
            VerifyCommand.Create(surroundings),
            CompletionCommand.Create(surroundings),
        };
        Reword(root, surroundings);
        root.SetAction(line => HelpFor(surroundings).Invoke(line));
        return root;
    }

    internal static async Task<int> RunAsync(IReadOnlyList<string> arguments, Surroundings surroundings)
    {
        var output = new UnfailingStream(surroundings.Output);
        var exitCode = await RunThroughAsync(
            arguments, surroundings with { Output = output, AnswerTypes = AnswerContext.Default });
        return output.Failure is { } failure ? TellFailure(failure, exitCode, surroundings) : exitCode;
    }

    /// <summary>Says on stderr that stdout is not whole; a command that failed anyway keeps its exit code.</summary>
    internal static int TellFailure(IOException failure, int exitCode, Surroundings surroundings)
    {
        using var session = new Session(surroundings with { Output = Stream.Null }, asJson: false);
        session.Deliver(new ErrorAnswer("plugins", new Complaint(
            ExitCode.Output,
            "Output",
            $"The output could not be written: {failure.Message}.",
            "What was printed is cut off or missing; the command itself has done its work.",
            "Make room on the disk, or send the output elsewhere, and run the command again.")));
        return exitCode == 0 ? (int)ExitCode.Output : exitCode;
    }

    private static async Task<int> RunThroughAsync(IReadOnlyList<string> arguments, Surroundings surroundings)
    {
        var line = Create(surroundings).Parse(arguments);
        if (line.Action is ParseErrorAction || StrayOption(line) is not null)
        {
            return Complain(line, arguments, surroundings);
        }

        await using var output = new StreamWriter(surroundings.Output, new UTF8Encoding(false), leaveOpen: true);
        return await line.InvokeAsync(new InvocationConfiguration
        {
            Output = output,
            Error = surroundings.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = TerminationTimeout,
        });
    }

    // The library's own help has five names, which completion would list.
    private static void Reword(RootCommand root, Surroundings surroundings)
    {
        root.Options.Remove(root.Options.OfType<HelpOption>().Single());
        root.Add(new HelpOption("--help", "-h")
        {
            Description = "Shows this help.",
            Action = HelpFor(surroundings),
        });
        root.Options.OfType<VersionOption>().Single().Description = "Prints the version.";
    }

    private static HelpAction HelpFor(Surroundings surroundings) => new()
    {
        MaxWidth = surroundings.OutputIsTerminal ? surroundings.Width : int.MaxValue,
    };

    /// <summary>A command line that cannot be understood: what is wrong with it, and where its help is.</summary>
    private static int Complain(ParseResult line, IReadOnlyList<string> arguments, Surroundings surroundings)
    {
        using var session = new Session(surroundings, arguments.Contains("--json", StringComparer.Ordinal));
        var command = line.CommandResult.Command;
        var path = PathOf(line.CommandResult);
        var unknown = StrayOption(line) ?? (line.UnmatchedTokens is [var first, ..] ? first : null);
        var near = unknown is null ? null : NearestName.To(unknown, NamesIn(command));
        var complaint = Complaint.Usage(
            unknown is not null ? $"There is no {NounOf(unknown)} {unknown} here."
                : line.Errors is [var error, ..] ? OneLine(error.Message) : "The command line is not complete.",
            near is not null ? $"Did you mean {near}?"
                : unknown is not null && unknown.StartsWith('-')
                    ? "If it is not meant as an option, write -- before it."
                : null,
            $"{path} --help lists what it takes.");
        session.Deliver(new ErrorAnswer(command is RootCommand ? "plugins" : command.Name, complaint));
        return (int)ExitCode.Usage;
    }

    // An option that is typed wrongly would else be taken for a function's name, or for input.
    private static string? StrayOption(ParseResult line) => line.Tokens
        .TakeWhile(token => token.Type is not TokenType.DoubleDash)
        .Where(token => token.Type is TokenType.Argument && token.Value.Length > 2)
        .Select(token => token.Value)
        .FirstOrDefault(value => value.StartsWith("--", StringComparison.Ordinal));

    private static string OneLine(string message) =>
        string.Join(' ', message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string NounOf(string token) => token.StartsWith('-') ? "option" : "command or argument";

    private static string PathOf(CommandResult result) => result.Parent is
        CommandResult parent ? $"{PathOf(parent)} {result.Command.Name}" : "plugins";

    private static IEnumerable<string> NamesIn(Command command) =>
        [.. command.Subcommands.Select(inner => inner.Name), .. command.Options.Select(option => option.Name)];
}

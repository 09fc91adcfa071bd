using System.CommandLine;
using System.CommandLine.Invocation;
using System.Text;
using Plugins.Cli.Answers;
using Plugins.Cli.Benchmarking;
using Plugins.Cli.Completing;
using Plugins.Cli.Failures;
using Plugins.Cli.Inspecting;
using Plugins.Cli.Running;
using Plugins.Cli.Signing;
using Plugins.Cli.Terminals;
using Plugins.Cli.Testing;
using Plugins.Cli.Verifying;

namespace Plugins.Cli.Commands;

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
            RunCommand.Create(surroundings),
            TestCommand.Create(surroundings),
            InspectCommand.Create(surroundings),
            KeygenCommand.Create(surroundings),
            SignCommand.Create(surroundings),
            VerifyCommand.Create(surroundings),
            BenchCommand.Create(surroundings),
            CompletionCommand.Create(surroundings),
        };
        root.SetAction(line => new System.CommandLine.Help.HelpAction().Invoke(line));
        return root;
    }

    internal static async Task<int> RunAsync(IReadOnlyList<string> arguments, Surroundings surroundings)
    {
        var line = Create(surroundings).Parse(arguments);
        if (line.Action is ParseErrorAction)
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

    /// <summary>A command line that cannot be understood: what is wrong with it, and where its help is.</summary>
    private static int Complain(ParseResult line, IReadOnlyList<string> arguments, Surroundings surroundings)
    {
        using var session = new Session(surroundings, arguments.Contains("--json", StringComparer.Ordinal));
        var command = line.CommandResult.Command;
        var path = PathOf(line.CommandResult);
        var unknown = line.UnmatchedTokens is [var first, ..] ? first : null;
        var near = unknown is null ? null : NearestName.To(unknown, NamesIn(command));
        var complaint = Complaint.Usage(
            (line.Errors is [.., var last] ? last.Message : null) ?? "The command line is not complete.",
            near is null ? null : $"Did you mean {near}?",
            $"{path} --help lists what it takes.");
        session.Deliver(new ErrorAnswer(command is RootCommand ? "plugins" : command.Name, complaint));
        return (int)ExitCode.Usage;
    }

    private static string PathOf(System.CommandLine.Parsing.CommandResult result) => result.Parent is
        System.CommandLine.Parsing.CommandResult parent ? $"{PathOf(parent)} {result.Command.Name}" : "plugins";

    private static IEnumerable<string> NamesIn(Command command) =>
        [.. command.Subcommands.Select(inner => inner.Name), .. command.Options.Select(option => option.Name)];
}

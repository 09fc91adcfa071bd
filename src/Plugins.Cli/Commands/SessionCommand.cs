using System.CommandLine;
using Plugins.Cli.Answers;
using Plugins.Cli.Failures;
using Plugins.Cli.Terminals;

namespace Plugins.Cli.Commands;

/// <summary>Gives a command its work; whatever that throws becomes an error answer here, once.</summary>
internal static class SessionCommand
{
    internal static Option<bool> Json { get; } = new("--json")
    {
        Description = "Prints one JSON document instead of text.",
        Recursive = true,
    };

    internal static void Answers(
        this Command command,
        Surroundings surroundings,
        Func<ParseResult, Session, CancellationToken, Task<Answer>> work) =>
        command.SetAction((line, token) => RunAsync(command.Name, line, surroundings, work, token));

    internal static void Answers(
        this Command command, Surroundings surroundings, Func<ParseResult, Session, Answer> work) =>
        command.Answers(surroundings, (line, session, _) => Task.FromResult(work(line, session)));

    private static async Task<int> RunAsync(
        string name,
        ParseResult line,
        Surroundings surroundings,
        Func<ParseResult, Session, CancellationToken, Task<Answer>> work,
        CancellationToken token)
    {
        using var session = new Session(surroundings, line.GetValue(Json));
        Answer answer;
        try
        {
            answer = await work(line, session, token);
        }
        catch (Exception exception)
        {
            answer = new ErrorAnswer(name, Explanation.Of(exception));
        }

        session.Deliver(answer);
        return answer.ExitCode;
    }
}

using System.ComponentModel;
using Plugins.Cli.Answers;
using Plugins.Cli.Commands;

namespace Plugins.Cli.Running;

/// <summary>A program has run and exited with a code of its own, which becomes that of the command.</summary>
internal sealed record ProgramAnswer(
    [property: Description("The code that the program exited with.")] int Code) : Answer("run")
{
    internal override ExitCode Outcome => (ExitCode)Code;

    internal override void Print(Session session)
    {
    }
}

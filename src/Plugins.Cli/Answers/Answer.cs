using System.ComponentModel;
using System.Text.Json.Serialization;
using Plugins.Cli.Commands;

namespace Plugins.Cli.Answers;

/// <summary>What a command found out: printed for people, or written as one JSON document for programs.</summary>
internal abstract record Answer(
    [property: JsonPropertyOrder(-3), Description("The command that answers.")] string Command)
{
    [JsonPropertyOrder(-2)]
    [Description("True if the exit code is 0.")]
    public bool Ok => Outcome is Cli.ExitCode.Success;

    [JsonPropertyOrder(-1)]
    [Description("The process's exit code.")]
    public int ExitCode => (int)Outcome;

    [JsonIgnore]
    internal virtual ExitCode Outcome => Cli.ExitCode.Success;

    /// <summary>Shows it to a person.</summary>
    internal abstract void Print(Session session);
}

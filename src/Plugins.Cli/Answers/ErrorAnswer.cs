using System.ComponentModel;
using System.Text.Json.Serialization;
using Plugins.Cli.Commands;
using Plugins.Cli.Failures;
using Plugins.Cli.Terminals;

namespace Plugins.Cli.Answers;

/// <summary>The document of a command that could not do its work.</summary>
internal sealed record ErrorAnswer(string Name, Complaint Complaint) : Answer(Name)
{
    [JsonIgnore]
    public string Name { get; } = Name;

    [JsonIgnore]
    public Complaint Complaint { get; } = Complaint;

    internal override ExitCode Outcome => Complaint.ExitCode;

    [Description("What went wrong.")]
    public ErrorDetails Error { get; } = ErrorDetails.Of(Complaint);

    /// <summary>Three lines: what, why, and the next step.</summary>
    internal override void Print(Session session)
    {
        var page = session.Side;
        page.Labelled(("error: ", Tone.Bad), (Complaint.What, Tone.Plain));
        foreach (var frame in Complaint.Backtrace)
        {
            page.Labelled(("   in: ", Tone.Dim), (frame, Tone.Dim));
        }

        if (Complaint.Why is { } why && Complaint.ExitCode is Cli.ExitCode.Internal)
        {
            page.Block(why, Tone.Dim);
        }
        else if (Complaint.Why is { } reason)
        {
            page.Labelled(("  why: ", Tone.Strong), (reason, Tone.Plain));
        }

        page.Labelled((" next: ", Tone.Strong), (Complaint.Next, Tone.Plain));
    }
}

using System.ComponentModel;
using System.Text;
using Plugins.Cli.Answers;
using Plugins.Cli.Commands;
using Plugins.Cli.Terminals;

namespace Plugins.Cli.Converting;

/// <summary>A module in its other form.</summary>
internal sealed record WatAnswer(string Command = "wat") : Answer(Command)
{
    [Description("The path of what was read.")]
    public required string File { get; init; }

    [Description("The path of what was written; absent where the text is in the answer.")]
    public string? Output { get; init; }

    [Description("The size of the other form, in bytes.")]
    public required int Bytes { get; init; }

    [Description("The module as text, where it was not written to a file.")]
    public string? Text { get; init; }

    internal override void Print(Session session)
    {
        if (Text is not null)
        {
            session.WriteRaw(Encoding.UTF8.GetBytes(Text));
            return;
        }

        session.Page.Facts(
            ("written", session.Surroundings.Show(Output!), Tone.Good), ("size", Page.Bytes(Bytes), Tone.Plain));
    }
}

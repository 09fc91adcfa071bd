using System.ComponentModel;
using Plugins.Cli.Answers;
using Plugins.Cli.Commands;
using Plugins.Cli.Terminals;

namespace Plugins.Cli.Recording;

/// <summary>A call that was recorded.</summary>
internal sealed record RecordAnswer() : Answer("record")
{
    [Description("The plugin's id.")]
    public required string Plugin { get; init; }

    [Description("The function that was called.")]
    public required string Function { get; init; }

    [Description("How the call ended: None, or a name of docs/errors.md.")]
    public required string CallOutcome { get; init; }

    [Description("What the call failed with.")]
    public string? Failure { get; init; }

    [Description("How many answers of capabilities are recorded.")]
    public required int CapabilityCalls { get; init; }

    [Description("The fuel that the call used.")]
    public required long Fuel { get; init; }

    [Description("The recording's path.")]
    public required string Recording { get; init; }

    [Description("The recording's length in bytes.")]
    public required int RecordingBytes { get; init; }

    internal override void Print(Session session)
    {
        var path = session.Surroundings.Show(Recording);
        session.Page.Facts(
            ("recording", $"{path}, {Page.Bytes(RecordingBytes)}: keep it as the data of the call", Tone.Plain),
            ("function", $"{Function} of {Plugin}", Tone.Plain),
            ("answers", Page.Number(CapabilityCalls), Tone.Plain),
            ("fuel", Page.Number(Fuel), Tone.Plain),
            ("outcome", Failure ?? "it succeeded", Failure is null ? Tone.Plain : Tone.Warning));
        session.Page.Next($"plugins replay <plugin> {path}");
    }
}

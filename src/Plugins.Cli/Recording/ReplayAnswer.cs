using System.ComponentModel;
using System.Text;
using System.Text.Json.Serialization;
using Plugins.Cli.Answers;
using Plugins.Cli.Commands;
using Plugins.Cli.Terminals;
using Plugins.Manifest.Text;

namespace Plugins.Cli.Recording;

/// <summary>A recorded call that ended again as it did.</summary>
internal sealed record ReplayAnswer() : Answer("replay")
{
    [Description("The function that was called.")]
    public required string Function { get; init; }

    [Description("The engine and its version.")]
    public required string Engine { get; init; }

    [Description("The engine that the call was recorded on, and its version.")]
    public required string RecordedEngine { get; init; }

    [Description("How the call ended, then and now: None, or a name of docs/errors.md.")]
    public required string CallOutcome { get; init; }

    [Description("What the call failed with.")]
    public string? Failure { get; init; }

    [Description("The output, where it is UTF-8.")]
    public string? OutputText { get; init; }

    [Description("The output in base64, where it is not UTF-8.")]
    public string? OutputBase64 { get; init; }

    [Description("The fuel that the replay used.")]
    public required long Fuel { get; init; }

    [Description("True if the engine is the same, so that the fuel had to be.")]
    public required bool FuelCompared { get; init; }

    [JsonIgnore]
    internal ReadOnlyMemory<byte> Output { get; init; }

    internal static string? TextOf(ReadOnlyMemory<byte> output) =>
        System.Text.Unicode.Utf8.IsValid(output.Span) ? Encoding.UTF8.GetString(output.Span) : null;

    internal override void Print(Session session)
    {
        if (!session.Page.IsTerminal)
        {
            session.WriteRaw(Output.Span);
        }
        else if (Output.Length > 0)
        {
            session.Page.Block(VisibleText.Decode(Output.Span, keepLines: true).TrimEnd('\n'));
        }

        if (Failure is not null)
        {
            session.Side.Labelled(("as recorded: ", Tone.Warning), (Failure, Tone.Plain));
        }

        var fuel = $"{Page.Number(Fuel)} fuel{(FuelCompared ? ", as then" : ", on another engine than then")}";
        session.Side.Line(($"the same as the recording; {fuel}", Tone.Dim));
    }
}

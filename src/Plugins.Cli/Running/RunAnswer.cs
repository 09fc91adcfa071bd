using System.ComponentModel;
using System.Text.Json.Serialization;
using Plugins.Cli.Answers;
using Plugins.Cli.Commands;
using Plugins.Cli.Hosting;
using Plugins.Cli.Terminals;
using Plugins.Host;
using Plugins.Manifest.Text;

namespace Plugins.Cli.Running;

/// <summary>What a call gave and what it cost.</summary>
internal sealed record RunAnswer() : Answer("run")
{
    [Description("The plugin's id.")]
    public required string Plugin { get; init; }

    [Description("The function that was called.")]
    public required string Function { get; init; }

    [Description("The engine and its version.")]
    public required string Engine { get; init; }

    [Description("The output, where it is UTF-8.")]
    public string? OutputText { get; init; }

    [Description("The output in base64, where it is not UTF-8.")]
    public string? OutputBase64 { get; init; }

    [Description("The length of the output in bytes.")]
    public required long OutputBytes { get; init; }

    [Description("The fuel that the call used.")]
    public required long Fuel { get; init; }

    [Description("The time of the call, in milliseconds.")]
    public required double DurationMs { get; init; }

    [Description("The largest memory that the instance had, in bytes.")]
    public required long MemoryBytes { get; init; }

    [Description("The guest's log entries.")]
    public required IReadOnlyList<LogLine> Log { get; init; }

    [Description("The host's own notes: denied permissions, capabilities that failed.")]
    public required IReadOnlyList<string> Notes { get; init; }

    [JsonIgnore]
    internal ReadOnlyMemory<byte> Output { get; init; }

    /// <summary>Whether the output has been written already, as it came.</summary>
    [JsonIgnore]
    internal bool IsStreamed { get; init; }

    internal static RunAnswer Of(HostedPlugin hosted, string function, PluginResult result, MeteredEngine engine)
    {
        var text = TextOf(result.Output);
        return new RunAnswer
        {
            Plugin = hosted.Plugin.Id.ToString(),
            Function = function,
            Engine = engine.Title,
            OutputText = text,
            OutputBase64 = text is null ? Convert.ToBase64String(result.Output.Span) : null,
            OutputBytes = result.Output.Length,
            Fuel = result.FuelConsumed,
            DurationMs = result.Duration.TotalMilliseconds,
            MemoryBytes = engine.PeakMemoryBytes,
            Log = [.. hosted.Logs.Entries.Select(LogLine.Of)],
            Notes = hosted.Logs.Notes,
            Output = result.Output,
        };
    }

    /// <summary>A terminal gets the output made harmless; a pipe or a file gets the very bytes.</summary>
    internal override void Print(Session session)
    {
        if (!IsStreamed)
        {
            PrintOutput(session);
        }

        var fuel = $"{Page.Number(Fuel)} fuel";
        session.Side.Line(($"{fuel}, {Page.Time(DurationMs)}, {Page.Bytes(MemoryBytes)} of memory", Tone.Dim));
    }

    private void PrintOutput(Session session)
    {
        if (!session.Page.IsTerminal)
        {
            session.WriteRaw(Output.Span);
        }
        else if (Output.Length > 0)
        {
            session.Page.Block(VisibleText.Decode(Output.Span, keepLines: true).TrimEnd('\n'));
        }
    }

    private static string? TextOf(ReadOnlyMemory<byte> output) =>
        System.Text.Unicode.Utf8.IsValid(output.Span) ? System.Text.Encoding.UTF8.GetString(output.Span) : null;
}

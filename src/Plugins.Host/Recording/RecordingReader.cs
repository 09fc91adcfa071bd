using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Plugins.Host.Errors;
using Plugins.Manifest;

namespace Plugins.Host.Recording;

/// <summary>Reads a recording line by line, and holds it to what a recorder could have written.</summary>
internal sealed class RecordingReader(ReadOnlyMemory<byte> bytes, int maximumBytes)
{
    private const int MaximumNameLength = 256;

    private int _position;
    private int _start;
    private int _line;

    internal CallRecording Read()
    {
        if (bytes.Length > maximumBytes)
        {
            _line = 1;
            throw Fail(RecordingProblem.TooLarge);
        }

        var head = ReadLine(RecordingJson.Default.RecordedHead);
        Check(head);
        var calls = new List<RecordedCall>();
        while (!IsLastLine)
        {
            var call = ReadLine(RecordingJson.Default.RecordedCall);
            Check(call);
            calls.Add(call);
        }

        var end = ReadLine(RecordingJson.Default.RecordedEnd);
        Check(end);
        return new CallRecording(head, calls, end);
    }

    private bool IsLastLine => bytes.Span[_position..].IndexOf((byte)'\n') is var length
        && (length < 0 || _position + length + 1 == bytes.Length);

    // An end of the file within a line is found before anything of the line is read.
    private T ReadLine<T>(JsonTypeInfo<T> type)
    {
        _start = _position;
        _line++;
        var rest = bytes.Span[_start..];
        var length = rest.IndexOf((byte)'\n');
        if (length < 0)
        {
            throw Fail(RecordingProblem.UnexpectedEnd, offset: rest.Length);
        }

        _position += length + 1;
        try
        {
            return JsonSerializer.Deserialize(rest[..length], type) ?? throw Fail(RecordingProblem.InvalidLine);
        }
        catch (JsonException exception)
        {
            throw Fail(
                RecordingProblem.InvalidLine, exception.Path, exception.BytePositionInLine ?? 0, exception);
        }
    }

    private void Check(RecordedHead head)
    {
        Require(head.Format == RecordedHead.FormatName, "$.format", RecordingProblem.UnknownFormat);
        Require(head.Version == RecordedHead.CurrentVersion, "$.version", RecordingProblem.UnknownFormat);
        Require(PluginId.TryParse(head.Plugin, out _), "$.plugin");
        Require(SemanticVersion.TryParse(head.PluginVersion, out _), "$.pluginVersion");
        Require(Sha256Digest.TryParse(head.Module, out _), "$.module");
        Require(head.Function.Length is > 0 and <= MaximumNameLength, "$.function");
        Require(head.Engine.Length <= MaximumNameLength, "$.engine");
        Require(head.EngineVersion.Length <= MaximumNameLength, "$.engineVersion");
        Require(head.Fuel >= 0, "$.fuel");
        Require(head.Input is null != head.Pieces is null, "$.input");
        Require(head.Pieces?.All(piece => piece is not null) ?? true, "$.pieces");
        foreach (var (name, value) in head.Limits.Entries())
        {
            Require(value > 0, $"$.limits.{JsonNamingPolicy.CamelCase.ConvertName(name)}");
        }
    }

    private void Check(RecordedCall call)
    {
        Require(call.Call.Length is > 0 and <= MaximumNameLength, "$.call");
        Require(call.Status is <= 0 and >= -4, "$.status");
        Require(call.Fuel >= 0, "$.fuel");
        Require(call.IsSecret || call.Request is not null, "$.request");
        Require(call.IsSecret == call.Result is null, "$.result");
    }

    private void Check(RecordedEnd end)
    {
        Require(Enum.IsDefined(end.End), "$.end");
        Require(Enum.IsDefined(end.Trap), "$.trap");
        Require(end.OutputBytes >= 0, "$.outputBytes");
        Require(Sha256Digest.TryParse(end.OutputSha256, out _), "$.outputSha256");
        Require(end.Fuel >= 0, "$.fuel");
        Require(
            end.RefusedGrowths?.Zip(end.RefusedGrowths.Skip(1), (one, next) => one < next).All(isBefore => isBefore)
                ?? true,
            "$.refusedGrowths");
        Require(end.RefusedGrowths is null || end.RefusedGrowths.FirstOrDefault(-1) >= 0, "$.refusedGrowths");
    }

    private void Require(bool condition, string field, RecordingProblem problem = RecordingProblem.InvalidValue)
    {
        if (!condition)
        {
            throw Fail(problem, field);
        }
    }

    private RecordingFormatException Fail(
        RecordingProblem problem, string? field = null, long offset = 0, Exception? inner = null) =>
        new(problem, _line, _start + offset, field, inner);
}

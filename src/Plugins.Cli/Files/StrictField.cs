using System.Text.Json;
using Plugins.Cli.Failures;
using Plugins.Testing.Cases;

namespace Plugins.Cli.Files;

/// <summary>A value of a JSON file that knows where it stands, so that every fault names its field.</summary>
internal readonly record struct StrictField(string File, string Path, JsonElement Value)
{
    /// <summary>The document; the name of its file is for complaints.</summary>
    internal static JsonDocument Parse(ReadOnlyMemory<byte> json, string file)
    {
        try
        {
            return JsonDocument.Parse(json, JsonField.Options);
        }
        catch (JsonException exception)
        {
            throw CommandException.Usage(
                exception is { LineNumber: { } line, BytePositionInLine: { } inLine }
                    ? $"{file}:{TextPosition.Of(json.Span, line, inLine)}: not valid JSON."
                    : $"{file}: not valid JSON.",
                FileFault.ReasonOf(exception),
                "Correct the file there; docs/cli.md has the format.");
        }
        catch (InvalidOperationException)
        {
            // So ends the search for names that come twice.
            throw CommandException.Usage(
                $"{file}: half of a surrogate pair is no name.",
                "JSON can write it, and no text can hold it.",
                "Correct the file there; docs/cli.md has the format.");
        }
    }

    internal double Real() => Value.ValueKind == JsonValueKind.Number && Value.TryGetDouble(out var number)
        && number > 0 && double.IsFinite(number)
            ? number
            : throw Fault("expected a positive number");

    /// <summary>An object's fields, where only these names mean anything; any other is a mistake in typing.</summary>
    internal IEnumerable<(string Name, StrictField Field)> Fields(params string[] known)
    {
        if (Value.ValueKind != JsonValueKind.Object)
        {
            throw Fault("expected an object");
        }

        foreach (var property in Value.EnumerateObject())
        {
            var field = Below(property);
            yield return known.Contains(property.Name, StringComparer.Ordinal)
                ? (property.Name, field)
                : throw field.Fault(JsonField.Unknown(property.Name, known));
        }
    }

    internal CommandException Fault(string problem) => CommandException.Usage(
        $"{File}: {Path}: {problem}.",
        "The file is read strictly, so that nothing in it is silently lost.",
        "Correct that field; docs/cli.md has the format.");

    private StrictField Below(JsonProperty property) =>
        new(File, Path.Length == 0 ? property.Name : $"{Path}.{property.Name}", property.Value);
}

using Plugins.Manifest;
using Plugins.Manifest.Text;
using Plugins.Payloads;

namespace Plugins.Host.Calls;

/// <summary>A function that the manifest lists.</summary>
/// <param name="Function">What the manifest says of it.</param>
/// <param name="Index">Its place in the manifest.</param>
internal sealed record FunctionEntry(ExportedFunction Function, int Index)
{
    internal string Name { get; } = Function.Name;

    internal PayloadFormat InputFormat => FormatOf("input", Function.InputMediaType);

    internal PayloadFormat OutputFormat => FormatOf("output", Function.OutputMediaType);

    private PayloadFormat FormatOf(string direction, string? mediaType) => mediaType switch
    {
        not null when PayloadMediaType.TryGetFormat(mediaType, out var format) => format,
        null => throw new InvalidOperationException(
            $"The manifest states no media type for the {direction} of '{Name}'; call it with bytes or text."),
        _ => throw new InvalidOperationException(
            $"The {direction} of '{Name}' is {VisibleText.Name(mediaType)}, neither JSON nor MessagePack; "
            + "call it with bytes or text."),
    };
}

using Plugins.Host.Payloads;
using Plugins.Manifest;
using Plugins.Manifest.Text;

namespace Plugins.Host.Calls;

/// <summary>A function that the manifest lists.</summary>
/// <param name="Function">What the manifest says of it.</param>
/// <param name="Index">Its place in the manifest.</param>
internal sealed record FunctionEntry(ExportedFunction Function, int Index)
{
    // Found at the first typed call; threads that find them at once find the same.
    private IPayloadFormat? _inputFormat;
    private IPayloadFormat? _outputFormat;

    internal string Name { get; } = Function.Name;

    internal IPayloadFormat InputFormat(IReadOnlyList<IPayloadFormat> formats) =>
        _inputFormat ??= Find(formats, "input", Function.InputMediaType);

    internal IPayloadFormat OutputFormat(IReadOnlyList<IPayloadFormat> formats) =>
        _outputFormat ??= Find(formats, "output", Function.OutputMediaType);

    private IPayloadFormat Find(IReadOnlyList<IPayloadFormat> formats, string direction, string? mediaType)
    {
        if (mediaType is null)
        {
            throw new InvalidOperationException(
                $"The manifest states no media type for the {direction} of '{Name}'; call it with bytes or text.");
        }

        return formats.FirstOrDefault(format => format.Accepts(new PayloadMediaType(mediaType)))
            ?? throw new InvalidOperationException(
                $"The {direction} of '{Name}' is {VisibleText.Name(mediaType)}, and the host has formats for "
                + $"{NamesOf(formats)} only; add one to {nameof(PluginHostOptions)}."
                + $"{nameof(PluginHostOptions.Payloads)}, or call it with bytes or text.");
    }

    private static string NamesOf(IReadOnlyList<IPayloadFormat> formats) =>
        string.Join(", ", formats.Select(format => format.Name).Distinct(StringComparer.Ordinal));
}

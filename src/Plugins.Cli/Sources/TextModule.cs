using Plugins.Cli.Failures;
using Plugins.Cli.Files;
using Plugins.Cli.Terminals;
using Plugins.Wasm;

namespace Plugins.Cli.Sources;

/// <summary>A module in the text format, as a file.</summary>
internal static class TextModule
{
    internal static bool IsText(string path) =>
        Path.GetExtension(path).Equals(".wat", StringComparison.OrdinalIgnoreCase);

    /// <summary>The module in the binary format.</summary>
    internal static byte[] Read(string path, Surroundings surroundings, CancellationToken token = default)
    {
        var text = BoundedFile.Read(path, TextFormat.MaximumTextBytes, "module");
        try
        {
            return TextFormat.ToBinary(text, cancellationToken: token);
        }
        catch (MalformedTextException fault)
        {
            throw new CommandException(
                new Complaint(
                    ExitCode.Refused,
                    "MalformedText",
                    $"{surroundings.Show(path)}:{new TextPosition(fault.Line, fault.Column)}: {fault.Reason}.",
                    "The text is no module in WebAssembly's text format.",
                    "Correct the text there."),
                fault);
        }
    }
}

using Plugins.Host.Errors;
using Plugins.Manifest;
using Plugins.Testing.Cases;
using Plugins.Wasm;

namespace Plugins.Cli.Failures;

/// <summary>Turns what was thrown into a complaint.</summary>
internal static class Explanation
{
    internal const string UnsupportedFeature =
        "The engine has WebAssembly 3.0, without threads; docs/errors.md lists the features by name.";

    internal static Complaint Of(Exception exception) => exception switch
    {
        CommandException command => command.Complaint,
        PluginException plugin => PluginExplanation.Of(plugin),
        PluginCaseFormatException cases => Complaint.Usage(
            cases.Message,
            cases.Line is null ? "The file is read strictly, so that no expectation is silently lost." : cases.Problem,
            "Correct the file there; docs/cli.md has the format."),
        ManifestException manifest => ManifestExplanation.Of(manifest),
        UnsupportedFeatureException unsupported => new Complaint(
            ExitCode.Refused,
            "UnsupportedFeature",
            unsupported.Message,
            UnsupportedFeature,
            unsupported.Remedy),
        WasmException wasm => new Complaint(
            ExitCode.Refused,
            wasm is MalformedModuleException ? "MalformedModule" : wasm is ModuleLimitException ? "ModuleLimit"
                : "InvalidModule",
            wasm.Message,
            "The host runs only modules that it can read and check whole.",
            "Check that it is a WebAssembly module; build it for the target wasm32-unknown-unknown."),
        OperationCanceledException => new Complaint(
            ExitCode.Cancelled, "Cancelled", "Stopped.", "It was interrupted.", "Run the command again."),
        IOException or UnauthorizedAccessException => Complaint.Usage(
            exception.Message,
            "The operating system reported this.",
            "Check the path, its permissions and the space on the disk."),
        _ => Bug(exception),
    };

    /// <summary>Whatever nobody foresaw is a bug, and says so with everything that a report needs.</summary>
    private static Complaint Bug(Exception exception) => new(
        ExitCode.Internal,
        "Internal",
        $"This is a bug in plugins {ToolVersion.Text}: {exception.GetType().Name}: {exception.Message}",
        exception.StackTrace,
        "Please report it, with this text and the command that you ran.");
}

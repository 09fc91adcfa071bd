using Plugins.Cli.Failures;
using Plugins.Host.Loading;
using Plugins.Manifest;

namespace Plugins.Cli.Sources;

/// <summary>A module that no manifest describes, and what can be made of it.</summary>
internal static class BareModule
{
    /// <summary>The manifest that is made from it; a module without functions to call ends the command.</summary>
    internal static PluginManifest ManifestOf(PluginSource source, DevelopmentManifestOptions? options = null)
    {
        var manifest = DevelopmentManifest.FromModule(
            source.Module,
            (options ?? new DevelopmentManifestOptions()) with { Id = DevelopmentManifest.IdOf(source.ModulePath) });
        return manifest.Functions.Count > 0 ? manifest : throw new CommandException(new Complaint(
            ExitCode.Refused,
            "Link",
            $"{source.ModulePath} exports no function that could be called.",
            "The ABI calls functions of the type () -> i32.",
            "Run plugins inspect to see its exports; docs/writing-plugins.md shows how to make one."));
    }
}

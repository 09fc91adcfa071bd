using Plugins.Cli.Failures;
using Plugins.Host.Engines;
using Plugins.Host.Errors;
using Plugins.Host.Loading;
using Plugins.Manifest;

namespace Plugins.Cli.Sources;

/// <summary>Holds a module against its manifest as hosts will, for whoever signs it or is about to trust it.</summary>
internal static class ContractCheck
{
    /// <summary>What is wrong, or null. No guest code runs.</summary>
    internal static Complaint? Find(
        PluginSource source, PluginManifest manifest, IPluginEngine engine, CancellationToken token)
    {
        try
        {
            PluginContract.Check(source.Module, manifest, engine, token);
            return null;
        }
        catch (PluginException exception)
        {
            var complaint = PluginExplanation.Of(exception);
            return complaint with { ExitCode = ExitCode.Refused, Next = NextOf(exception) ?? complaint.Next };
        }
    }

    /// <summary>Ends the command where something is wrong.</summary>
    internal static void Require(
        PluginSource source, PluginManifest manifest, IPluginEngine engine, CancellationToken token)
    {
        if (Find(source, manifest, engine, token) is { } complaint)
        {
            throw new CommandException(complaint);
        }
    }

    // Here it is the manifest that can be changed, and no limit of a command line.
    private static string? NextOf(PluginException exception) => exception switch
    {
        PluginMemoryException => "Ask for as much as the module begins with: memoryPages in limits of the manifest.",
        PluginLinkException { Problem: LinkProblem.ExportMissing, ImportModule: null, Item: not "memory" } =>
            "Correct functions in the manifest, or leave it out of manifest.json: then it is what the module has.",
        _ => null,
    };
}

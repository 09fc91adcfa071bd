using Plugins.Manifest;
using Plugins.Manifest.Text;

namespace Plugins.Host.Errors;

/// <summary>The place of a failure; every exception of the host is made from one.</summary>
internal readonly record struct FailureSite(PluginPhase Phase, PluginId? Plugin, string? Function, string? GuestMessage)
{
    internal static FailureSite Load(PluginId? plugin) => new(PluginPhase.Load, plugin, null, null);

    internal string Describe(string problem)
    {
        var subject = Plugin is null ? "The plugin" : $"Plugin {Plugin}";
        return Phase switch
        {
            PluginPhase.Call => $"{subject}, function {VisibleText.Name(Function ?? "")}: {problem}",
            PluginPhase.Initialization => $"{subject}, initialization: {problem}",
            _ => $"{subject} was not loaded: {problem}",
        };
    }
}

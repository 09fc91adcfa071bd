using System.Globalization;
using Plugins.Manifest;
using Plugins.Manifest.Text;

namespace Plugins.Host.Errors;

/// <summary>The place of a failure; every exception of the host is made from one.</summary>
internal readonly record struct FailureSite(PluginPhase Phase, PluginId? Plugin, string? Function, string? GuestMessage)
{
    /// <summary>The call's id, if it has one.</summary>
    internal string? CallId { get; init; }

    /// <summary>The plugin's name in a catalog, where no version of it has been loaded.</summary>
    internal string? Name { get; init; }

    internal static FailureSite Load(PluginId? plugin) => new(PluginPhase.Load, plugin, null, null);

    /// <summary>A place in a module's bytes, with a space before it; empty where nothing is known of it.</summary>
    internal static string InModule(int? offset, int? functionIndex = null)
    {
        var bytes = offset is null ? "" : string.Create(CultureInfo.InvariantCulture, $" at byte {offset}");
        return functionIndex is null
            ? bytes
            : string.Create(CultureInfo.InvariantCulture, $"{bytes} in function {functionIndex}");
    }

    internal string Describe(string problem)
    {
        if (Name is not null)
        {
            return $"Plugin '{VisibleText.Name(Name)}' cannot be called: {problem}";
        }

        var subject = Plugin is null ? "The plugin" : $"Plugin {Plugin}";
        return Phase switch
        {
            PluginPhase.Call => $"{subject}, function {VisibleText.Name(Function ?? "")}: {problem}",
            PluginPhase.Initialization => $"{subject}, initialization: {problem}",
            _ => $"{subject} was not loaded: {problem}",
        };
    }
}

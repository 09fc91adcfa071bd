using Plugins.Manifest;
using Plugins.Manifest.Text;

namespace Plugins.Host.Errors;

/// <summary>An import or export does not fit the ABI, the manifest or what the application offers.</summary>
/// <remarks>Immutable.</remarks>
public sealed class PluginLinkException : PluginException
{
    internal PluginLinkException(
        PluginId plugin, LinkProblem problem, string? module, string item, string detail, Exception? inner = null)
        : base(
            PluginErrorCode.Link,
            FailureSite.Load(plugin),
            module is null
                ? $"its export '{VisibleText.Name(item)}' {detail}."
                : $"its import '{VisibleText.Name(item)}' of '{VisibleText.Name(module)}' {detail}.",
            inner)
    {
        Problem = problem;
        ImportModule = module;
        Item = item;
    }

    /// <summary>The kind of mismatch.</summary>
    public LinkProblem Problem { get; }

    /// <summary>The module that the item is imported from.</summary>
    /// <value>Null when the item is an export.</value>
    public string? ImportModule { get; }

    /// <summary>The name of the import or export; the guest's text as it is.</summary>
    public string Item { get; }
}

using Plugins.Manifest.Permissions;
using Plugins.Testing.Cases;

namespace Plugins.Cli.Failures;

/// <summary>What to add to a command line so that a plugin gets what it was denied.</summary>
internal static class GrantFlags
{
    /// <summary>All flags, ready to be copied into a shell.</summary>
    internal static string Of(IEnumerable<PermissionDecision> missing) =>
        string.Join(' ', missing.Select(decision => Of(decision.Request)).Distinct(StringComparer.Ordinal));

    /// <summary>The flag for a permission of which no more is known than its name.</summary>
    internal static string Of(string permission) => PluginCaseFile.IsBuiltIn(permission)
        ? $"--grant {permission}"
        : $"--stub {permission}=…";

    // Scopes are whatever the manifest says, and lists of them are separated by commas.
    private static string Of(PermissionRequest request)
    {
        var isWritable = request.Scope.Items.All(item => !item.Contains(',', StringComparison.Ordinal));
        return PluginCaseFile.IsBuiltIn(request.Name) && !request.Scope.IsUnlimited && isWritable
            ? $"--grant {ShellWord.Of($"{request.Name}={string.Join(',', request.Scope.Items)}")}"
            : Of(request.Name);
    }
}

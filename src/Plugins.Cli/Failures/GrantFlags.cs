using Plugins.Host.Loading;
using Plugins.Manifest.Permissions;
using Plugins.Testing.Cases;

namespace Plugins.Cli.Failures;

/// <summary>What to add to a command line so that a plugin gets what it was denied.</summary>
internal static class GrantFlags
{
    /// <summary>True for what a host has by itself, so that it needs no stub but a grant.</summary>
    /// <remarks>A case file may stub <c>http.send</c> all the same.</remarks>
    internal static bool IsOffered(string permission) =>
        PluginCaseFile.IsBuiltIn(permission) || permission == PermissionNames.HttpSend;

    /// <summary>All flags, ready to be copied into a shell.</summary>
    internal static string Of(IEnumerable<PermissionDecision> missing) =>
        string.Join(' ', missing.Select(decision => Of(decision.Request)).Distinct(StringComparer.Ordinal));

    /// <summary>The flag for a permission of which no more is known than its name.</summary>
    internal static string Of(string permission) => IsOffered(permission)
        ? $"--grant {permission}"
        : $"--stub {permission}=…";

    // Scopes are whatever the manifest says, and lists of them are separated by commas.
    private static string Of(PermissionRequest request)
    {
        var isWritable = request.Scope.Items.All(item => !item.Contains(',', StringComparison.Ordinal));
        if (request.Name == PermissionNames.HttpSend && request.Scope.Items is [DevelopmentManifest.NoHost])
        {
            return $"--grant {request.Name}=…";
        }

        return IsOffered(request.Name) && !request.Scope.IsUnlimited && isWritable
            ? $"--grant {ShellWord.Of($"{request.Name}={string.Join(',', request.Scope.Items)}")}"
            : Of(request.Name);
    }
}

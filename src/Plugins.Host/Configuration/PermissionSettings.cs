using Microsoft.Extensions.Configuration;
using Plugins.Manifest.Permissions;

namespace Plugins.Host.Configuration;

/// <summary>Permissions out of a list of names, or of sections with a name and a scope.</summary>
internal static class PermissionSettings
{
    /// <summary>Null where the configuration says nothing of permissions.</summary>
    internal static PermissionCeiling? Read(SettingsReader section, string key, List<string> faults)
    {
        if (section.List(key) is not { } list)
        {
            return null;
        }

        var grants = list.Select(item => ReadGrant(item, faults)).ToArray();
        return PermissionCeiling.Of(grants.OfType<PermissionGrant>());
    }

    private static PermissionGrant? ReadGrant(IConfigurationSection item, List<string> faults)
    {
        var reader = new SettingsReader(item, faults);
        try
        {
            if (!string.IsNullOrEmpty(item.Value))
            {
                return new PermissionGrant(item.Value);
            }

            var name = reader.Text("Name");
            var scope = reader.List("Scope");
            reader.RequireKnown();
            if (name is null)
            {
                faults.Add($"{item.Path} must be a permission's name, or a section with Name and Scope.");
                return null;
            }

            return scope is null
                ? new PermissionGrant(name)
                : new PermissionGrant(name, [.. scope.Select(text => text.Value ?? string.Empty)]);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            faults.Add($"{item.Path} is faulty: {exception.Message}");
            return null;
        }
    }
}

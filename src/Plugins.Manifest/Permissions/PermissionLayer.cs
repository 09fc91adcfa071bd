namespace Plugins.Manifest.Permissions;

/// <summary>The layers that decide what a plugin may do, from the outermost to the innermost.</summary>
public enum PermissionLayer
{
    /// <summary>The trust policy, by the ceiling it sets for the publisher.</summary>
    Publisher = 1,

    /// <summary>The application that hosts the plugin.</summary>
    Application = 2,

    /// <summary>The tenant or user on whose behalf the plugin runs.</summary>
    Tenant = 3,
}

namespace Plugins.Manifest;

/// <content>Numbers that readers of manifests and of their parts share.</content>
public sealed partial record PluginManifest
{
    /// <summary>The largest integer in any manifest, 2^53 − 1, which every JSON reader holds exactly.</summary>
    public const long MaxInteger = (1L << 53) - 1;

    /// <summary>The schema that this version reads and writes.</summary>
    public const int CurrentSchemaVersion = 1;

    /// <summary>Maximum number of functions in a manifest.</summary>
    public const int MaxFunctions = 1024;

    /// <summary>Maximum number of permissions in a manifest, and per publisher in a trust policy.</summary>
    public const int MaxPermissions = 128;
}

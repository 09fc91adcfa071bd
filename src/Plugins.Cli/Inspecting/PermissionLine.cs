using System.ComponentModel;

namespace Plugins.Cli.Inspecting;

/// <summary>A permission, as the manifest declares it and as the module's imports need it.</summary>
internal sealed record PermissionLine(
    [property: Description("The permission.")] string Name,
    [property: Description("Whether the manifest asks for it.")] bool Declared,
    [property: Description("Whether the plugin is not to be loaded without it.")] bool Required,
    [property: Description("How far it reaches; nothing for everywhere.")] IReadOnlyList<string>? Scope,
    [property: Description("The publisher's reason.")] string? Reason,
    [property: Description("The imports that need it; none: nothing uses it.")] IReadOnlyList<string> UsedBy)
{
    /// <summary>Used without being declared: the host refuses such a module.</summary>
    [Description("ok, missing (the module is refused) or unused.")]
    public string Verdict => !Declared ? "missing" : UsedBy.Count == 0 ? "unused" : "ok";
}

using System.ComponentModel;
using Plugins.Host.Abi;

namespace Plugins.Cli.Inspecting;

/// <summary>A permission, as the manifest declares it and as the module's imports need it.</summary>
internal sealed record PermissionLine(
    [property: Description("The permission.")] string Name,
    [property: Description("True if the manifest asks for it.")] bool Declared,
    [property: Description("True if the plugin cannot be loaded without it.")] bool Required,
    [property: Description("The scope that the manifest asks for; absent for everywhere.")]
    IReadOnlyList<string>? Scope,
    [property: Description("The publisher's reason.")] string? Reason,
    [property: Description("The imports that need it; empty if none does.")] IReadOnlyList<string> UsedBy)
{
    /// <summary>Used without being declared: the host refuses such a module, unless only WASI uses it.</summary>
    [Description("ok, missing (the module is refused), absent (WASI gives nothing of it) or unused.")]
    public string Verdict => Declared ? UsedBy.Count == 0 ? "unused" : "ok"
        : UsedBy.All(WasiContract.Functions.ContainsKey) ? "absent"
        : "missing";
}

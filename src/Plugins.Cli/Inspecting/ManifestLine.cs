using System.ComponentModel;
using Plugins.Manifest;

namespace Plugins.Cli.Inspecting;

/// <summary>Who a plugin says it is.</summary>
internal sealed record ManifestLine(
    [property: Description("publisher/name.")] string Id,
    [property: Description("Its version.")] string Version,
    [property: Description("Rises with every release.")] long Sequence,
    [property: Description("Functions that applications may call.")] IReadOnlyList<string> Functions,
    [property: Description("Keys of its settings.")] IReadOnlyList<string> Config,
    [property: Description("The time of the signature.")] DateTimeOffset IssuedAt,
    [property: Description("The time at which it expires.")] DateTimeOffset? ExpiresAt,
    [property: Description(
        "draft (manifest.json), or claimed by a signature file that was not verified.")] string Source,
    [property: Description("True if it describes exactly this module; absent for a draft.")] bool? DescribesModule)
{
    internal static ManifestLine Of(PluginManifest manifest, bool isDraft, byte[] module) => new(
        manifest.Id.ToString(),
        manifest.Version.ToString(),
        manifest.Sequence,
        [.. manifest.Functions.Select(function => function.Name)],
        [.. manifest.Config.Select(setting => setting.Key)],
        manifest.IssuedAt,
        manifest.ExpiresAt,
        isDraft ? "draft" : "claimed",
        isDraft ? null : manifest.Module.Matches(module));
}

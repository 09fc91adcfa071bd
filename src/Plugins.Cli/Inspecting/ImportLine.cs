using System.ComponentModel;

namespace Plugins.Cli.Inspecting;

/// <summary>Something that a module asks its host for.</summary>
internal sealed record ImportLine(
    [property: Description("The module it is imported from.")] string Module,
    [property: Description("Its name.")] string Name,
    [property: Description("Its type.")] string Type,
    [property: Description("Its role for the host: abi, capability or unknown.")] string Role,
    [property: Description("The permissions that it needs.")] IReadOnlyList<string> Permissions);

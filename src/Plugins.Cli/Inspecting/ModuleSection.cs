using System.ComponentModel;

namespace Plugins.Cli.Inspecting;

/// <summary>A section of a module.</summary>
internal sealed record ModuleSection(
    [property: Description("type, import, function … or custom.")] string Kind,
    [property: Description("The name of a custom section; the guest's words.")] string? Name,
    [property: Description("Where it begins in the file.")] int Offset,
    [property: Description("Bytes, its header included.")] int Bytes);

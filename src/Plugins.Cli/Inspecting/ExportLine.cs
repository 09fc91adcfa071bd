using System.ComponentModel;

namespace Plugins.Cli.Inspecting;

/// <summary>Something that a module offers.</summary>
internal sealed record ExportLine(
    [property: Description("Its name.")] string Name,
    [property: Description("function, table, memory or global.")] string Kind,
    [property: Description("Its type.")] string Type,
    [property: Description("True if applications can call it.")] bool Callable,
    [property: Description("The line of a function's source, where debug information tells it; the guest's words.")]
    string? Source);

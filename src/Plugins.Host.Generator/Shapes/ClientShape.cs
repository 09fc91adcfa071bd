using Plugins.Pdk.Generator.Shapes;

namespace Plugins.Host.Generator.Shapes;

/// <summary>A client to write.</summary>
/// <param name="Namespace">Where it is; empty for the global namespace.</param>
/// <param name="Interface">The interface's whole name, as generated code writes it.</param>
/// <param name="Name">The name of the class.</param>
/// <param name="IsPublic">Whether it is as public as its interface.</param>
/// <param name="Plugin">The plugin's name in the catalog.</param>
/// <param name="JsonContext">The context's whole name, or an empty text.</param>
/// <param name="Methods">Its methods.</param>
internal sealed record ClientShape(
    string Namespace,
    string Interface,
    string Name,
    bool IsPublic,
    string Plugin,
    string JsonContext,
    EquatableArray<ClientMethod> Methods);

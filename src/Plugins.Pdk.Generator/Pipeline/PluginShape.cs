using Plugins.Pdk.Generator.Shapes;

namespace Plugins.Pdk.Generator.Pipeline;

/// <summary>All that the exports of a project are written from.</summary>
internal sealed record PluginShape(
    string Namespace,
    EquatableArray<FunctionShape> Functions,
    EquatableArray<string> Capabilities);

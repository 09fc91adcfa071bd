using Plugins.Payloads.Generator.Pipeline;

namespace Plugins.Payloads.Generator.Shapes;

/// <summary>A context and the converters that it gets.</summary>
/// <param name="Namespace">Null for the global one.</param>
/// <param name="Declarations">The types around the context, outermost first, and itself last.</param>
/// <param name="Name">The context's own name.</param>
/// <param name="Types">Every type that needs a converter of its own.</param>
/// <param name="Entries">What the context answers to.</param>
internal sealed record ContextShape(
    string? Namespace,
    EquatableArray<string> Declarations,
    string Name,
    EquatableArray<TypeShape> Types,
    EquatableArray<EntryShape> Entries);

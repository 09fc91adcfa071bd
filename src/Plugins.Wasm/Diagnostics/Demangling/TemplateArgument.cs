namespace Plugins.Wasm.Diagnostics.Demangling;

/// <summary>An argument of a template: one type or value, or a pack of them.</summary>
internal readonly record struct TemplateArgument(IReadOnlyList<TypeText> Items, bool IsPack)
{
    public static TemplateArgument Of(TypeText item) => new([item], IsPack: false);
}

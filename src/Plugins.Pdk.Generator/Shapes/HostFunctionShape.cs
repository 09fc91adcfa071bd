namespace Plugins.Pdk.Generator.Shapes;

/// <summary>A host function to give a body to.</summary>
/// <param name="Capability">The name it is imported by.</param>
/// <param name="Namespace">Where it is; empty for the global namespace.</param>
/// <param name="Types">The heads of the types around it, outermost first.</param>
/// <param name="Signature">The head of the method.</param>
/// <param name="Parameter">The request's parameter, or an empty text.</param>
/// <param name="Request">What it takes.</param>
/// <param name="Reply">What it returns.</param>
internal sealed record HostFunctionShape(
    string Capability,
    string Namespace,
    EquatableArray<string> Types,
    string Signature,
    string Parameter,
    ValueShape Request,
    ValueShape Reply);

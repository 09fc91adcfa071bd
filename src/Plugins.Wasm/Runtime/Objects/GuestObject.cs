namespace Plugins.Wasm.Runtime.Objects;

/// <summary>A value of type <c>any</c>: a structure, an array, an integer or a reference of the host.</summary>
/// <remarks>
/// A guest's object is an object of the runtime's, which the runtime's collector frees. Nothing else is a value of that
/// hierarchy, so that code may look at <see cref="Home"/> without asking. WebAssembly 3.0, section 4.2.11.
/// </remarks>
internal abstract class GuestObject
{
    /// <summary>Tells the type, and what the object is counted with; set by whoever makes the object.</summary>
#pragma warning disable CS8618 // An initializer would write to it twice.
    internal Allotment Home;
#pragma warning restore CS8618
}

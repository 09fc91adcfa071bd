namespace Plugins.Wasm.Runtime.Objects;

/// <summary>Which of the heap types a value of the hierarchy of <c>any</c> has.</summary>
internal enum ObjectKind
{
    /// <summary>A reference of the host; of type <c>any</c> only.</summary>
    Host,

    Integer,

    Structure,

    Array,
}

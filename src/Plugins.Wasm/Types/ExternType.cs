namespace Plugins.Wasm.Types;

/// <summary>The type of something a module imports or exports.</summary>
/// <remarks>Immutable and safe for use by many threads. WebAssembly 2.0, section 2.3.11.</remarks>
public abstract class ExternType
{
    private protected ExternType()
    {
    }

    /// <summary>Which of the kinds this type describes.</summary>
    public abstract ExternKind Kind { get; }
}

namespace Plugins.Wasm.Types;

/// <summary>The type of a linear memory.</summary>
/// <remarks>Immutable and safe for use by many threads. WebAssembly 2.0, section 2.3.8.</remarks>
public sealed class MemoryType : ExternType
{
    /// <summary>Describes a memory of <paramref name="limits"/> pages.</summary>
    public MemoryType(Limits limits) => Limits = limits;

    /// <summary>Its size in pages of 64 KiB.</summary>
    public Limits Limits { get; }

    /// <inheritdoc/>
    public override ExternKind Kind => ExternKind.Memory;

    /// <inheritdoc/>
    public override string ToString() => $"memory {Limits}";
}

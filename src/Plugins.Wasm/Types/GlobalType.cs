namespace Plugins.Wasm.Types;

/// <summary>The type of a global variable.</summary>
/// <remarks>Immutable and safe for use by many threads. WebAssembly 2.0, section 2.3.10.</remarks>
public sealed class GlobalType : ExternType
{
    /// <summary>Describes a global that holds a <paramref name="value"/>.</summary>
    public GlobalType(ValueKind value, bool isMutable)
    {
        Value = value;
        IsMutable = isMutable;
    }

    /// <summary>The type of the value it holds.</summary>
    public ValueKind Value { get; }

    /// <summary>True if it may be written after instantiation.</summary>
    public bool IsMutable { get; }

    /// <inheritdoc/>
    public override ExternKind Kind => ExternKind.Global;

    /// <inheritdoc/>
    public override string ToString() => IsMutable ? $"global (mut {Value})" : $"global {Value}";
}

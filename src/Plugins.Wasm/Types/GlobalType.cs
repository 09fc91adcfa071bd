namespace Plugins.Wasm.Types;

/// <summary>The type of a global variable.</summary>
/// <remarks>Immutable and safe for use by many threads. WebAssembly 3.0, section 2.3.13.</remarks>
public sealed class GlobalType : ExternType
{
    /// <summary>Describes a global that holds a <paramref name="value"/>.</summary>
    public GlobalType(ValueKind value, bool isMutable)
        : this((ValueCode)value, null, isMutable)
    {
    }

    /// <param name="code">The type of the value.</param>
    /// <param name="definition">The defined type that it refers to, if any.</param>
    /// <param name="isMutable">Whether it may be written.</param>
    internal GlobalType(ValueCode code, DefinedType? definition, bool isMutable)
    {
        Code = code;
        Definition = definition;
        IsMutable = isMutable;
    }

    /// <summary>The kind of the value it holds.</summary>
    public ValueKind Value => Code.Kind;

    /// <summary>True if it may be written after instantiation.</summary>
    public bool IsMutable { get; }

    /// <inheritdoc/>
    public override ExternKind Kind => ExternKind.Global;

    /// <summary>The type of the value it holds.</summary>
    internal ValueCode Code { get; }

    /// <summary>The defined type that the value refers to, if any.</summary>
    internal DefinedType? Definition { get; }

    /// <inheritdoc/>
    public override string ToString()
    {
        string value = Code == (ValueCode)Value ? Value.ToString() : Code.Text;
        return IsMutable ? $"global (mut {value})" : $"global {value}";
    }
}

namespace Plugins.Wasm.Types;

/// <summary>The type of a table.</summary>
/// <remarks>Immutable and safe for use by many threads. WebAssembly 2.0, section 2.3.9.</remarks>
public sealed class TableType : ExternType
{
    /// <summary>Describes a table of <paramref name="element"/> references.</summary>
    public TableType(ValueKind element, Limits limits)
    {
        Element = element;
        Limits = limits;
    }

    /// <summary>The reference type of every element.</summary>
    public ValueKind Element { get; }

    /// <summary>Its size in elements.</summary>
    public Limits Limits { get; }

    /// <inheritdoc/>
    public override ExternKind Kind => ExternKind.Table;

    /// <inheritdoc/>
    public override string ToString() => $"table {Limits} {Element}";
}

namespace Plugins.Wasm.Types;

/// <summary>The type of a table.</summary>
/// <remarks>Immutable and safe for use by many threads. WebAssembly 3.0, section 2.3.12.</remarks>
public sealed class TableType : ExternType
{
    /// <summary>Describes a table of <paramref name="element"/> references.</summary>
    public TableType(ValueKind element, Limits limits)
        : this((ValueCode)element, null, limits)
    {
    }

    /// <param name="code">The type of every element.</param>
    /// <param name="definition">The defined type that it refers to, if any.</param>
    /// <param name="limits">Its size.</param>
    internal TableType(ValueCode code, DefinedType? definition, Limits limits)
    {
        Code = code;
        Definition = definition;
        Limits = limits;
    }

    /// <summary>The kind of reference that every element is.</summary>
    public ValueKind Element => Code.Kind;

    /// <summary>Its size in elements.</summary>
    public Limits Limits { get; }

    /// <inheritdoc/>
    public override ExternKind Kind => ExternKind.Table;

    /// <summary>The type of every element.</summary>
    internal ValueCode Code { get; }

    /// <summary>The defined type that elements refer to, if any.</summary>
    internal DefinedType? Definition { get; }

    /// <inheritdoc/>
    public override string ToString() =>
        $"table {Limits} {(Code == (ValueCode)Element ? Element.ToString() : Code.Text)}";
}

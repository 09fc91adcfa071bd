namespace Plugins.Wasm.Types;

/// <summary>The type of a table.</summary>
/// <remarks>Immutable and safe for use by many threads. WebAssembly 3.0, section 2.3.12.</remarks>
public sealed class TableType : ExternType
{
    /// <summary>Describes a table of <paramref name="element"/> references.</summary>
    /// <param name="element">The reference type of every element.</param>
    /// <param name="limits">Its size in elements.</param>
    /// <param name="address">The type of its indices, <c>i32</c> or <c>i64</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no such indices.</exception>
    public TableType(ValueKind element, Limits limits, ValueKind address = ValueKind.I32)
        : this((ValueCode)element, null, limits, address)
    {
    }

    /// <param name="code">The type of every element.</param>
    /// <param name="definition">The defined type that it refers to, if any.</param>
    /// <param name="limits">Its size.</param>
    /// <param name="address">The type of its indices.</param>
    internal TableType(ValueCode code, DefinedType? definition, Limits limits, ValueKind address)
    {
        MemoryType.ThrowIfNoAddress(address);
        Address = address;
        Code = code;
        Definition = definition;
        Limits = limits;
    }

    /// <summary>The kind of reference that every element is.</summary>
    public ValueKind Element => Code.Kind;

    /// <summary>Its size in elements.</summary>
    public Limits Limits { get; }

    /// <summary>The type of its indices and sizes: <c>i32</c> or <c>i64</c>.</summary>
    public ValueKind Address { get; }

    /// <inheritdoc/>
    public override ExternKind Kind => ExternKind.Table;

    /// <summary>Whether its indices have 64 bits, or its limits are written as only such a table's may be.</summary>
    internal bool NeedsMemory64 => Address == ValueKind.I64 || HasLongLimits;

    /// <summary>Whether its limits are written with more bytes than numbers of 32 bits may have.</summary>
    internal bool HasLongLimits { get; init; }

    /// <summary>The type of every element.</summary>
    internal ValueCode Code { get; }

    /// <summary>The defined type that elements refer to, if any.</summary>
    internal DefinedType? Definition { get; }

    /// <inheritdoc/>
    public override string ToString()
    {
        string element = Code == (ValueCode)Element ? Element.ToString() : Code.Text;
        return $"table {(Address == ValueKind.I64 ? "i64 " : "")}{Limits} {element}";
    }
}

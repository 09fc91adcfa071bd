namespace Plugins.Wasm;

/// <summary>Size limits for a module, checked before anything of that size is allocated.</summary>
/// <remarks>
/// The defaults are the ceilings too, most of them the limits that engines agreed on: each limit is from zero to its
/// default. Whatever reads a module refuses others with an <see cref="ArgumentOutOfRangeException"/> that names the
/// limit; <see cref="FindFaults"/> finds all of them. Immutable and safe for use by many threads.
/// </remarks>
public sealed partial record ModuleLimits
{
    /// <summary>The largest limits that can be set, in an object of the caller's own.</summary>
    public static ModuleLimits Default => new();

    /// <summary>Bytes of the whole module.</summary>
    /// <value>1 GiB.</value>
    public int ModuleBytes { get; init; } = 1 << 30;

    /// <summary>Entries of the type section.</summary>
    /// <value>1,000,000.</value>
    public int Types { get; init; } = 1_000_000;

    /// <summary>Functions, imported ones included.</summary>
    /// <value>1,000,000.</value>
    public int Functions { get; init; } = 1_000_000;

    /// <summary>Imports of all kinds.</summary>
    /// <value>1,000,000.</value>
    public int Imports { get; init; } = 1_000_000;

    /// <summary>Exports of all kinds.</summary>
    /// <value>1,000,000.</value>
    public int Exports { get; init; } = 1_000_000;

    /// <summary>Globals, imported ones included.</summary>
    /// <value>1,000,000.</value>
    public int Globals { get; init; } = 1_000_000;

    /// <summary>Tables, imported ones included.</summary>
    /// <value>100.</value>
    public int Tables { get; init; } = 100;

    /// <summary>Memories, imported ones included.</summary>
    /// <value>100.</value>
    public int Memories { get; init; } = 100;

    /// <summary>Data segments.</summary>
    /// <value>100,000.</value>
    public int DataSegments { get; init; } = 100_000;

    /// <summary>Element segments.</summary>
    /// <value>100,000.</value>
    public int ElementSegments { get; init; } = 100_000;

    /// <summary>Custom sections, which may be three bytes each.</summary>
    /// <value>100,000.</value>
    public int CustomSections { get; init; } = 100_000;

    /// <summary>Elements a table may have at the start, and all element segments together.</summary>
    /// <value>10,000,000.</value>
    public int TableElements { get; init; } = 10_000_000;

    /// <summary>Pages of 64 KiB a memory may have at the start.</summary>
    /// <value>65,536.</value>
    public int MemoryPages { get; init; } = 65_536;

    /// <summary>Bytes of one function body.</summary>
    /// <value>7,654,321.</value>
    public int FunctionBodyBytes { get; init; } = 7_654_321;

    /// <summary>Locals of one function, parameters included.</summary>
    /// <value>50,000.</value>
    public int Locals { get; init; } = 50_000;

    /// <summary>Values on the operand stack of one function at once, as validation counts them.</summary>
    /// <value>15,000; functions of real modules have up to 91.</value>
    /// <remarks>With <see cref="Locals"/> they fit the interpreter's frame of fewer than 65,536 values.</remarks>
    public int Operands { get; init; } = 15_000;

    /// <summary>Parameters of one function type.</summary>
    /// <value>1,000.</value>
    public int Parameters { get; init; } = 1_000;

    /// <summary>Fields of one structure type.</summary>
    /// <value>10,000.</value>
    public int Fields { get; init; } = 10_000;

    /// <summary>Types that one type is derived from, one after the other.</summary>
    /// <value>63.</value>
    public int SubtypingDepth { get; init; } = 63;

    /// <summary>Tags, imported ones included.</summary>
    /// <value>100,000.</value>
    public int Tags { get; init; } = 100_000;

    /// <summary>Results of one function type.</summary>
    /// <value>1,000.</value>
    public int Results { get; init; } = 1_000;

    /// <summary>Targets of one <c>br_table</c>, the default not counted, or clauses of one <c>try_table</c>.</summary>
    /// <value>65,520.</value>
    public int BranchTableTargets { get; init; } = 65_520;

    /// <summary>Blocks inside blocks in one function.</summary>
    /// <value>50,000. Dispatch loops and parsers of real modules nest some thousands.</value>
    public int NestingDepth { get; init; } = 50_000;

    /// <summary>UTF-8 bytes of one name.</summary>
    /// <value>100,000.</value>
    public int NameBytes { get; init; } = 100_000;
}

namespace Plugins.Wasm.Text.Instructions;

/// <summary>What follows an instruction's word in the text and its opcode in a module.</summary>
/// <remarks>WebAssembly 3.0, sections 5.4 and 6.5.</remarks>
internal enum Immediates : byte
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A block's label and type; what follows belongs to the block.</summary>
    Block,

    /// <summary>A block's label and type, and its handlers.</summary>
    HandlingBlock,

    /// <summary>Nothing, but it stands between two parts of a block or at its end.</summary>
    Else,

    /// <summary>The same.</summary>
    End,

    /// <summary>A tag, at the start of a handler of the legacy proposal.</summary>
    Catch,

    /// <summary>Nothing, at the start of a handler of the legacy proposal.</summary>
    CatchAll,

    /// <summary>A label, at the end of a block of the legacy proposal.</summary>
    Delegate,

    /// <summary>A label.</summary>
    Label,

    /// <summary>Labels, the last of which is the default.</summary>
    Labels,

    /// <summary>A function.</summary>
    Function,

    /// <summary>A table, which can be left out, and a function type.</summary>
    IndirectCall,

    /// <summary>A type.</summary>
    Type,

    /// <summary>Two types.</summary>
    TypePair,

    /// <summary>A type and one of its fields.</summary>
    TypeAndField,

    /// <summary>A type and a number.</summary>
    TypeAndCount,

    /// <summary>A type and a data segment.</summary>
    TypeAndData,

    /// <summary>A type and an element segment.</summary>
    TypeAndElement,

    /// <summary>A local variable.</summary>
    Local,

    /// <summary>A global.</summary>
    Global,

    /// <summary>A tag.</summary>
    Tag,

    /// <summary>A table, which can be left out.</summary>
    Table,

    /// <summary>Two tables, both of which can be left out.</summary>
    TablePair,

    /// <summary>A table, which can be left out, and an element segment.</summary>
    TableAndElement,

    /// <summary>A memory, which can be left out.</summary>
    Memory,

    /// <summary>Two memories, both of which can be left out.</summary>
    MemoryPair,

    /// <summary>A memory, which can be left out, and a data segment.</summary>
    MemoryAndData,

    /// <summary>A memory, an offset and an alignment, all of which can be left out.</summary>
    Access,

    /// <summary>The same, and a lane.</summary>
    AccessAndLane,

    /// <summary>A data segment.</summary>
    Data,

    /// <summary>An element segment.</summary>
    Element,

    /// <summary>The types of the results, which can be left out: then it is another opcode.</summary>
    Select,

    /// <summary>A heap type.</summary>
    HeapType,

    /// <summary>A reference type; one that takes null has the next opcode.</summary>
    ReferenceType,

    /// <summary>A label and two reference types.</summary>
    BranchOnCast,

    /// <summary>A number of 32 bits.</summary>
    Int32,

    /// <summary>A number of 64 bits.</summary>
    Int64,

    /// <summary>A floating-point number of 32 bits.</summary>
    Float32,

    /// <summary>A floating-point number of 64 bits.</summary>
    Float64,

    /// <summary>A vector.</summary>
    Vector,

    /// <summary>A lane.</summary>
    Lane,

    /// <summary>Sixteen lanes.</summary>
    Lanes,

    /// <summary>A byte that is zero, in a module only.</summary>
    Reserved,
}

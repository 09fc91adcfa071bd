namespace Plugins.Wasm.Emit.Operands;

/// <summary>State outside a function's own locals that an operand reads.</summary>
[Flags]
internal enum Reads : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A memory's bytes or size.</summary>
    Memory = 1,

    /// <summary>A mutable global.</summary>
    Globals = 2,

    /// <summary>Everything that a call may change.</summary>
    All = Memory | Globals,
}

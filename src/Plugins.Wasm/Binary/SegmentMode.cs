namespace Plugins.Wasm.Binary;

/// <summary>When a segment is used.</summary>
/// <remarks>WebAssembly 2.0, sections 2.5.7 and 2.5.8.</remarks>
internal enum SegmentMode
{
    /// <summary>Only by <c>memory.init</c> or <c>table.init</c>.</summary>
    Passive,

    /// <summary>At instantiation, at an offset.</summary>
    Active,

    /// <summary>Never: it only declares functions for <c>ref.func</c>.</summary>
    Declarative,
}

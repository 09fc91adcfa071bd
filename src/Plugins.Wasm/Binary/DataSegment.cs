namespace Plugins.Wasm.Binary;

/// <summary>Bytes to copy into a memory: the module's own bytes from <c>Start</c>, <c>Length</c> of them.</summary>
/// <remarks>WebAssembly 2.0, section 2.5.8.</remarks>
internal sealed record DataSegment(
    SegmentMode Mode, uint MemoryIndex, ConstantExpression MemoryOffset, int Start, int Length, int Offset);

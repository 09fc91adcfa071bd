using Plugins.Wasm.Types;

namespace Plugins.Wasm.Binary;

/// <summary>References to copy into a table.</summary>
/// <remarks>WebAssembly 2.0, section 2.5.7. Function indices are decoded as <c>ref.func</c>.</remarks>
internal sealed record ElementSegment(
    SegmentMode Mode,
    ValueCode Code,
    uint TableIndex,
    ConstantExpression TableOffset,
    ConstantExpression[] Items,
    int Offset);

using Plugins.Wasm.IL;

namespace Plugins.Wasm.Emit.Outlining;

/// <summary>A place between two instructions where a function may be cut: its block has nothing on the stack.</summary>
/// <param name="Offset">The offset of the instruction after it.</param>
/// <param name="Block">The block, or arm of an <c>if</c>, that it is in; each has a number of its own.</param>
/// <param name="IsReachable">Whether what stands before it leads to it.</param>
/// <param name="Emitted">What was emitted of the function before it.</param>
internal readonly record struct CutPoint(int Offset, int Block, bool IsReachable, CodeSize Emitted);

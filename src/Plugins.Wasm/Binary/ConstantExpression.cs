using Plugins.Wasm.Types;

namespace Plugins.Wasm.Binary;

/// <summary>The one instruction of a constant expression, with its immediate.</summary>
/// <param name="Opcode">
/// In a valid module a <c>*.const</c>, <c>global.get</c>, <c>ref.null</c> or <c>ref.func</c>; as decoded, the first
/// other instruction where there is one, or <c>end</c> where there is not exactly one instruction.
/// </param>
/// <param name="Bits">The constant's bits, or the index; for a vector, where in the module it stands.</param>
/// <param name="Code">The type <c>ref.null</c> names.</param>
/// <param name="Offset">Where it stands in the module.</param>
/// <remarks>WebAssembly 2.0, section 3.3.10.</remarks>
internal readonly record struct ConstantExpression(Opcode Opcode, ulong Bits, ValueCode Code, int Offset);

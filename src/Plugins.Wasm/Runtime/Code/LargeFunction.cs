
namespace Plugins.Wasm.Runtime.Code;

/// <summary>A function that stands behind a gate.</summary>
/// <param name="Function">Its index in the module.</param>
/// <param name="BodyToken">The metadata token of the method with its code.</param>
/// <param name="ProbeToken">That of the method that enters it only to measure it.</param>
/// <param name="BoundBytes">More than its frame.</param>
internal readonly record struct LargeFunction(int Function, int BodyToken, int ProbeToken, int BoundBytes);

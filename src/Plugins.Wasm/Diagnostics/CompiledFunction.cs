namespace Plugins.Wasm.Diagnostics;

/// <summary>The compilation of one of a module's own functions.</summary>
/// <param name="Index">Its index in the module, imports included.</param>
/// <param name="Tier">How it will be compiled.</param>
/// <param name="Reason">The limit that was passed, as <c>name: actual &gt; limit</c>, or null.</param>
/// <param name="ILBytes">The size of its intermediate language.</param>
/// <remarks>Immutable and safe for use by many threads.</remarks>
public sealed record CompiledFunction(int Index, CompilationTier Tier, string? Reason, int ILBytes);

namespace Plugins.Wasm.Types;

/// <summary>One import a module asks for.</summary>
/// <param name="Module">The first of the two names.</param>
/// <param name="Name">The second of the two names.</param>
/// <param name="Type">What must be supplied.</param>
/// <remarks>Immutable and safe for use by many threads. WebAssembly 2.0, section 2.5.11.</remarks>
public sealed record ImportType(string Module, string Name, ExternType Type);

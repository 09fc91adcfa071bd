namespace Plugins.Wasm.Types;

/// <summary>One export a module offers.</summary>
/// <param name="Name">Its name, unique in the module.</param>
/// <param name="Type">What it is.</param>
/// <param name="Index">Its index in the index space of its kind, imports included.</param>
/// <remarks>Immutable and safe for use by many threads. WebAssembly 2.0, section 2.5.10.</remarks>
public sealed record ExportType(string Name, ExternType Type, int Index);

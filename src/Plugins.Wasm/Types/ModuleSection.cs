namespace Plugins.Wasm.Types;

/// <summary>One section of a module.</summary>
/// <param name="Id">Its number; of a module that is refused it may be one that has no name here.</param>
/// <param name="Name">
/// A custom section's name, the module's words, cut to 256 bytes; null for other sections.
/// </param>
/// <param name="Offset">The position of its first byte in the module.</param>
/// <param name="Length">Its size in bytes, number and length counted.</param>
/// <remarks>WebAssembly 2.0, section 5.5.2.</remarks>
public readonly record struct ModuleSection(SectionId Id, string? Name, int Offset, int Length);

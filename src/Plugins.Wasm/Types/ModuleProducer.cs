namespace Plugins.Wasm.Types;

/// <summary>A tool or a language that a module says it was made by.</summary>
/// <param name="Field"><c>language</c>, <c>processed-by</c> or <c>sdk</c>; the module may say anything else.</param>
/// <param name="Name">Its name, cut to 256 bytes.</param>
/// <param name="Version">Its version, cut to 256 bytes; often empty for a language.</param>
/// <remarks>
/// Nobody checks it: escape it before showing. WebAssembly tool conventions, "Producers Section".
/// </remarks>
public readonly record struct ModuleProducer(string Field, string Name, string Version);

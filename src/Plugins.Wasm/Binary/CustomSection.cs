namespace Plugins.Wasm.Binary;

/// <summary>A custom section; its contents are the module's bytes from <c>Start</c>, <c>Length</c> of them.</summary>
internal readonly record struct CustomSection(string Name, int Start, int Length);

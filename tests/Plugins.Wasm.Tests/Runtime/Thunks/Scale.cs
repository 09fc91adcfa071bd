namespace Plugins.Wasm.Tests.Runtime.Thunks;

/// <summary>A delegate type of the application's own.</summary>
internal delegate float Scale(float value, long factor);

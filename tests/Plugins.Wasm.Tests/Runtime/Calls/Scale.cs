namespace Plugins.Wasm.Tests.Runtime.Calls;

/// <summary>A delegate type of the application's own.</summary>
internal delegate float Scale(float value, long factor);

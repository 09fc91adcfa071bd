namespace Plugins.Wasm.Tests.Runtime.Calls;

/// <summary>A delegate type that no crossing is written for.</summary>
internal delegate double Mixed(int a, long b, float c, double d, uint e, ulong f);

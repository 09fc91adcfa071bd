namespace Plugins.Wasm.SpecTests.Running;

/// <summary>The object behind the suite's <c>ref.extern n</c>.</summary>
internal sealed record HostReference(ulong Number);

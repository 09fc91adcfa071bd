namespace Plugins.Wasm.Tests.Emit.Faults;

/// <summary>A fault of the runtime's compiler that guests could meet.</summary>
/// <param name="Name">As docs/security.md lists it.</param>
/// <param name="IsRight">Does what goes wrong, plainly and in C#; a process may end by it.</param>
internal sealed record CompilerFault(string Name, Func<bool> IsRight);

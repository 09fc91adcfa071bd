using Plugins.Wasm.Types;

namespace Plugins.Host.Wasmtime.Compilation;

/// <summary>A function that a module imports, once for each pair of names and type.</summary>
/// <param name="Module">The first of the import's two names.</param>
/// <param name="Name">The second of the import's two names.</param>
/// <param name="Shape">Which callback it has.</param>
/// <param name="Type">Its type.</param>
internal readonly record struct ImportSlot(string Module, string Name, HostShape Shape, FunctionType Type);

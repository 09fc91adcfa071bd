namespace Plugins.Wasm.Types;

/// <summary>What a defined type is.</summary>
/// <remarks>WebAssembly 3.0, section 2.3.8 (composite types).</remarks>
internal enum TypeForm
{
    Function = 0,
    Structure = 1,
    Array = 2,
}

namespace Plugins.Wasm.Types;

/// <summary>The type of a structure's field or an array's elements.</summary>
/// <param name="Code">Its type; <see cref="ValueCode.I8"/> and <see cref="ValueCode.I16"/> are among them.</param>
/// <param name="IsMutable">Whether it can be written.</param>
/// <remarks>WebAssembly 3.0, section 2.3.8.</remarks>
internal readonly record struct FieldType(ValueCode Code, bool IsMutable);

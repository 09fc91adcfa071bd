using Plugins.Wasm.Types;

namespace Plugins.Wasm.Binary;

/// <summary>A run of locals of one type.</summary>
internal readonly record struct LocalGroup(int Count, ValueCode Code);

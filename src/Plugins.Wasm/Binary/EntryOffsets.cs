namespace Plugins.Wasm.Binary;

/// <summary>Where the entries of each index space begin; an imported one begins at its import.</summary>
internal sealed record EntryOffsets(int[] Functions, int[] Tables, int[] Memories, int[] Globals, int[] Exports);

using Plugins.Wasm.Text.Writing;

namespace Plugins.Wasm.Text.Parsing;

/// <summary>All that a module declares, by index and by identifier, and what is written of it.</summary>
internal sealed class ModuleScope
{
    public IndexSpace Types { get; } = new("type");

    public IndexSpace Functions { get; } = new("func");

    public IndexSpace Tables { get; } = new("table");

    public IndexSpace Memories { get; } = new("memory");

    public IndexSpace Globals { get; } = new("global");

    public IndexSpace Tags { get; } = new("tag");

    public IndexSpace Elements { get; } = new("elem segment");

    public IndexSpace Data { get; } = new("data segment");

    /// <summary>The fields of each structure type, by its index.</summary>
    public Dictionary<uint, IndexSpace> Fields { get; } = [];

    public FunctionTypes FunctionTypes { get; } = new();

    public ModuleWriter Output { get; } = new();
}

using System.Text.Json;

namespace Plugins.Wasm.SpecTests.Suite;

/// <summary>One file of the suite: its commands, and the modules they name.</summary>
internal sealed class SpecScript
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly IReadOnlyDictionary<string, byte[]> _modules;

    private SpecScript(string name, SpecCommand[] commands, IReadOnlyDictionary<string, byte[]> modules)
    {
        Name = name;
        Commands = commands;
        _modules = modules;
    }

    public string Name { get; }

    public IReadOnlyList<SpecCommand> Commands { get; }

    public byte[] ModuleOf(SpecCommand command) => _modules[$"{Name}/{command.Filename}"];

    public static SpecScript Parse(string name, IReadOnlyDictionary<string, byte[]> archive)
    {
        var document = JsonSerializer.Deserialize<Document>(archive[$"{name}/{name}.json"], Json);
        return new SpecScript(name, document?.Commands ?? [], archive);
    }

    private sealed record Document(SpecCommand[] Commands);
}

using System.Text;
using Plugins.Cli.Commands;
using Plugins.Cli.Terminals;

namespace Plugins.Cli.Tests.Support;

/// <summary>Somebody's folder, in which they run the command; in this process, so that it is quick.</summary>
internal sealed class Desk : IDisposable
{
    internal string Folder { get; } = Directory.CreateTempSubdirectory("plugins-cli-").FullName;

    internal FixedClock Clock { get; } = new();

    internal Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    internal byte[] Input { get; set; } = [];

    internal bool InputIsTerminal { get; set; }

    internal bool OutputIsTerminal { get; set; }

    internal int Width { get; set; } = 100;

    internal string? Command { get; set; }

    /// <summary>Where commands run; the folder itself unless a test says otherwise.</summary>
    internal string? WorkingFolder { get; set; }

    internal string PathOf(string path) => Path.Combine(Folder, path);

    internal string Put(string path, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(path))!);
        File.WriteAllBytes(PathOf(path), bytes);
        return path;
    }

    internal string Put(string path, string text) => Put(path, Encoding.UTF8.GetBytes(text));

    /// <summary>A folder with a module of this repository as its plugin.</summary>
    internal Desk PutPlugin(string folder, string module, string? manifest = null)
    {
        Put($"{folder}/plugin.wasm", Repository.Guest(module));
        if (manifest is not null)
        {
            Put($"{folder}/manifest.json", manifest);
        }

        return this;
    }

    internal byte[] Read(string path) => File.ReadAllBytes(PathOf(path));

    internal CommandRun Run(params string[] arguments)
    {
        using var output = new MemoryStream();
        using var errors = new StringWriter();
        var exitCode = PluginsCommand.RunAsync(arguments, new Surroundings
        {
            Input = new MemoryStream(Input),
            Output = output,
            Error = errors,
            InputIsTerminal = InputIsTerminal,
            OutputIsTerminal = OutputIsTerminal,
            ErrorIsTerminal = OutputIsTerminal,
            Width = Width,
            Command = Command,
            Folder = WorkingFolder ?? Folder,
            Variable = name => Variables.GetValueOrDefault(name),
            Time = Clock,
        }).GetAwaiter().GetResult();
        return new CommandRun(exitCode, output.ToArray(), errors.ToString());
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}

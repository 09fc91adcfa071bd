using System.CommandLine;
using Plugins.Cli.Failures;
using Plugins.Cli.Terminals;
using Plugins.Host.Engines;
using Plugins.Host.Wasmtime;
using Plugins.Host.Wasmtime.Errors;

namespace Plugins.Cli.Hosting;

/// <summary>Which engine runs the plugin.</summary>
internal sealed class EngineOptions
{
    private const string Embedded = "embedded";
    private const string Wasmtime = "wasmtime";

    // One command makes few instances at a time, and address space is reserved for all of them.
    private const int PooledInstances = 128;

    private readonly Option<string> _engine = new Option<string>("--engine")
    {
        Description = "The engine: embedded or wasmtime.",
        HelpName = "name",
        DefaultValueFactory = _ => Embedded,
    }.AcceptOnlyFromAmong(Embedded, Wasmtime);

    private readonly Option<string?> _library = new("--wasmtime-path")
    {
        Description = "Another file of libwasmtime than the one that comes with the command.",
        HelpName = "file",
    };

    internal void AddTo(Command command)
    {
        command.Add(_engine);
        command.Add(_library);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_library) is not null && result.GetValue(_engine) != Wasmtime)
            {
                result.AddError("--wasmtime-path needs --engine wasmtime.");
            }
        });
    }

    internal MeteredEngine Create(ParseResult line, Surroundings surroundings) => new(
        line.GetValue(_engine) == Wasmtime ? CreateWasmtime(line.GetValue(_library), surroundings)
            : EmbeddedEngine.Instance);

    private static WasmtimeEngine CreateWasmtime(string? path, Surroundings surroundings)
    {
        try
        {
            return new WasmtimeEngine(WasmtimeEngineOptions.Default with
            {
                LibraryPath = path is null ? null : surroundings.PathOf(path),
                PooledInstances = PooledInstances,
            });
        }
        catch (WasmtimeLibraryMissingException exception)
        {
            throw Unusable("libwasmtime was not found.", "Looked at " + string.Join(", ", exception.Places), exception);
        }
        catch (WasmtimeLibraryUnsuitableException exception)
        {
            var why = exception.Version is { } version
                ? $"It is Wasmtime {version}."
                : $"It lacks {string.Join(", ", exception.MissingSymbols.Take(5))}.";
            throw Unusable($"{exception.Path} is no libwasmtime that fits.", why, exception);
        }
    }

    private static int LeastVersion => WasmtimeLibraryUnsuitableException.LeastVersion;

    private static CommandException Unusable(string what, string why, Exception exception) => new(
        Complaint.Usage(what, why, $"Leave out --wasmtime-path, or name Wasmtime {LeastVersion} or later with it."),
        exception);
}

using System.CommandLine;
using Plugins.Cli.Answers;
using Plugins.Cli.Commands;
using Plugins.Cli.Failures;
using Plugins.Cli.Files;
using Plugins.Cli.Hosting;
using Plugins.Cli.Sources;
using Plugins.Cli.Terminals;
using Plugins.Host;
using Plugins.Host.Limits;
using Plugins.Host.Loading;
using Plugins.Host.Recording;
using Plugins.Manifest;

namespace Plugins.Cli.Recording;

/// <summary><c>plugins replay</c>: runs a recorded call again, and tells whether it ends as it did.</summary>
internal static class ReplayCommand
{
    private static readonly Argument<string> Plugin = new("plugin")
    {
        Description = "A folder with plugin.wasm, such as ., or a .wasm file: the module of the recording.",
    };

    private static readonly Argument<string> File = new("recording")
    {
        Description = "The recording.",
    };

    private static readonly Option<string[]> Config = new("--config", "-c")
    {
        Description = "Gives a secret setting, which no recording holds. Repeatable.",
        HelpName = "key=value",
    };

    private static readonly EngineOptions Engine = new();

    internal static Command Create(Surroundings surroundings)
    {
        var command = new Command(
            "replay", "Runs a recorded call again, with the answers it got then. Nothing is granted or reached.")
        {
            Plugin, File, Config,
        };
        Engine.AddTo(command);
        command.Answers(surroundings, ReplayAsync);
        return command;
    }

    private static async Task<Answer> ReplayAsync(ParseResult line, Session session, CancellationToken token)
    {
        var surroundings = session.Surroundings;
        var config = Setting.ParseAll(line.GetValue(Config) ?? [], "--config");
        var source = PluginSource.Open(surroundings, line.GetRequiredValue(Plugin), null);
        var recording = Read(surroundings.PathOf(line.GetRequiredValue(File)));
        using var engine = Engine.Create(line, surroundings);
        using var host = new PluginHost(OptionsFor(recording, engine, surroundings));
        return await Task.Run(() => Replay(host, engine, source, recording, config, token), token).WaitAsync(token);
    }

    private static ReplayAnswer Replay(
        PluginHost host,
        MeteredEngine engine,
        PluginSource source,
        CallRecording recording,
        Dictionary<string, string> config,
        CancellationToken token)
    {
        var manifest = BareModule.ManifestOf(source, new DevelopmentManifestOptions { ConfigKeys = [.. config.Keys] });
        var settings = new PluginLoadOptions
        {
            Configuration = config, CanonicalizesNaNs = true, InitializesAtLoad = false,
        };
        using var plugin = host.LoadUnsigned(source.Module, manifest, settings, token);
        RequireFunction(recording, manifest);
        var replayed = plugin.Replay(recording, cancellationToken: token);
        var text = ReplayAnswer.TextOf(replayed.Output);
        return new ReplayAnswer
        {
            Function = recording.Function,
            Engine = engine.Title,
            RecordedEngine = $"{recording.Engine} {recording.EngineVersion}",
            CallOutcome = recording.Outcome.ToString(),
            Failure = replayed.Failure?.Message,
            OutputText = text,
            OutputBase64 = text is null ? Convert.ToBase64String(replayed.Output.Span) : null,
            Fuel = replayed.FuelConsumed,
            FuelCompared = replayed.IsFuelCompared,
            Output = replayed.Output,
        };
    }

    // Whoever wrote the recording chose its limits, so they are held to the ceilings of every plugin.
    private static PluginHostOptions OptionsFor(
        CallRecording recording, MeteredEngine engine, Surroundings surroundings)
    {
        var ceiling = PluginLimits.DefaultCeiling;
        var limits = recording.ApplyLimits(ceiling);
        if (!limits.IsWithin(ceiling))
        {
            throw CommandException.Usage(
                "The recording is of a call with limits above the ceilings of this command.",
                "A recording may come from anybody, and is not to decide how much is used here.",
                "Replay it in an application that allows as much.");
        }

        return new PluginHostOptions
        {
            AllowUnsigned = true,
            Engine = engine,
            DefaultLimits = limits,
            MaximumLimits = ceiling,
            TimeProvider = surroundings.Time,
        };
    }

    private static CallRecording Read(string path)
    {
        try
        {
            return CallRecording.Read(BoundedFile.Read(path, CallRecording.DefaultMaximumBytes, "recording"));
        }
        catch (RecordingFormatException exception)
        {
            throw new CommandException(
                Complaint.Usage(
                    exception.Message,
                    "A recording is read strictly, as anybody may have written it.",
                    "Check that it is the file that plugins record or an application wrote."),
                exception);
        }
    }

    private static void RequireFunction(CallRecording recording, PluginManifest manifest)
    {
        if (manifest.Functions.All(function => function.Name != recording.Function))
        {
            throw CommandException.Usage(
                $"{manifest.Id} has no function {recording.Function}.",
                "The recording is of another module.",
                "Name the module that was recorded.");
        }
    }
}

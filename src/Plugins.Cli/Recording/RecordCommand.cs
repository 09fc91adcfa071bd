using System.CommandLine;
using Plugins.Cli.Answers;
using Plugins.Cli.Commands;
using Plugins.Cli.Failures;
using Plugins.Cli.Files;
using Plugins.Cli.Hosting;
using Plugins.Cli.Running;
using Plugins.Cli.Sources;
using Plugins.Cli.Terminals;
using Plugins.Host.Errors;
using Plugins.Host.Recording;

namespace Plugins.Cli.Recording;

/// <summary><c>plugins record</c>: calls one function, and writes down all that it was given.</summary>
internal static class RecordCommand
{
    private static readonly Argument<string> Plugin = new("plugin")
    {
        Description = "A folder with plugin.wasm, such as ., or a .wasm file.",
    };

    private static readonly Argument<string?> Function = new("function")
    {
        Description = "The function to call. Optional if the plugin has only one.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string> Output = new("--output", "-o")
    {
        Description = "The file for the recording.",
        HelpName = "file",
        Required = true,
    };

    private static readonly Option<bool> Force = new("--force")
    {
        Description = "Replaces the file if it is there.",
    };

    private static readonly InputOptions Input = new();
    private static readonly HostingOptions Hosting = new();

    internal static Command Create(Surroundings surroundings)
    {
        var command = new Command("record", "Calls a function of a plugin, and records what it was given.")
        {
            Plugin, Function,
        };
        Input.AddTo(command);
        command.Add(Output);
        command.Add(Force);
        Hosting.AddTo(command);
        command.Answers(surroundings, RecordAsync);
        return command;
    }

    private static async Task<Answer> RecordAsync(ParseResult line, Session session, CancellationToken token)
    {
        var surroundings = session.Surroundings;
        var path = surroundings.PathOf(line.GetRequiredValue(Output));
        NewFile.RequireFree(path, line.GetValue(Force));
        var source = PluginSource.Open(surroundings, line.GetRequiredValue(Plugin), line.GetValue(Hosting.Manifest));
        var request = Hosting.Read(line, surroundings, source) with { CanonicalizesNaNs = true };
        using var engine = request.Engine;
        using var hosted = await Task.Run(() => HostedPlugin.Load(source, request), token).WaitAsync(token);
        var function = hosted.FunctionOf(line.GetValue(Function));
        var input = await Input.ReadAsync(line, surroundings, token);
        var recorder = new CallRecorder(new CallRecorderOptions
        {
            MaximumBytes = CallRecording.DefaultMaximumBytes / 2,
        });
        var failure = await CallAsync(hosted, function, input, recorder, token);
        LogLines.Print(session, hosted.Logs);
        if (recorder.Recording is not { } recording)
        {
            throw failure is not null && !recorder.IsTooLarge ? new CommandException(hosted.Explain(failure), failure)
                : CommandException.Usage(
                    "The call has more than a recording may hold.",
                    $"It may hold {Page.Bytes(CallRecording.DefaultMaximumBytes / 2)} of input and answers.",
                    "Record a call with a smaller input.");
        }

        var bytes = recording.ToBytes();
        NewFile.Write(path, bytes, line.GetValue(Force), isSecret: true);
        return new RecordAnswer
        {
            Plugin = hosted.Plugin.Id.ToString(),
            Function = function,
            CallOutcome = recording.Outcome.ToString(),
            Failure = failure?.Message,
            CapabilityCalls = recording.CapabilityCalls,
            Fuel = recording.FuelConsumed,
            Recording = path,
            RecordingBytes = bytes.Length,
        };
    }

    private static async Task<PluginException?> CallAsync(
        HostedPlugin hosted, string function, byte[] input, CallRecorder recorder, CancellationToken token)
    {
        try
        {
            await hosted.Plugin.CallAsync(function, input, new() { Recorder = recorder }, token);
            return null;
        }
        catch (PluginException exception)
        {
            return exception;
        }
    }
}

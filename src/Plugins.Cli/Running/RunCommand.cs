using System.CommandLine;
using Plugins.Cli.Answers;
using Plugins.Cli.Commands;
using Plugins.Cli.Failures;
using Plugins.Cli.Hosting;
using Plugins.Cli.Sources;
using Plugins.Cli.Terminals;
using Plugins.Host;
using Plugins.Host.Abi;
using Plugins.Host.Errors;

namespace Plugins.Cli.Running;

/// <summary><c>plugins run</c>: calls one function and shows what came of it.</summary>
internal static class RunCommand
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

    private static readonly Argument<string[]> Arguments = new("arguments")
    {
        Description = "For a program that uses WASI: its arguments, the two before included; after --, those with -.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<bool> Streamed = new("--stream")
    {
        Description = "Passes the input on as the plugin reads it, and its output as it writes it.",
    };

    private static readonly InputOptions Input = new();
    private static readonly HostingOptions Hosting = new();

    internal static Command Create(Surroundings surroundings)
    {
        var command = new Command("run", "Calls a function of a plugin. Nothing is granted unless you say so.")
        {
            Plugin, Function,
        };
        Input.AddTo(command);
        command.Add(Arguments);
        command.Add(Streamed);
        command.Validators.Add(result =>
        {
            if (result.GetValue(Streamed) && result.GetValue(SessionCommand.Json))
            {
                result.AddError("--stream writes the output as it comes, and --json prints one document at the end.");
            }
        });
        Hosting.AddTo(command);
        command.Answers(surroundings, RunAsync);
        return command;
    }

    private static async Task<Answer> RunAsync(ParseResult line, Session session, CancellationToken token)
    {
        var surroundings = session.Surroundings;
        var source = PluginSource.Open(
            surroundings, line.GetRequiredValue(Plugin), line.GetValue(Hosting.Manifest), mayBeText: true);
        var request = Hosting.Read(line, surroundings, source);
        using var engine = request.Engine;
        using var progress = new Progress(surroundings, "compiling…");
        using var hosted = await Task.Run(() => HostedPlugin.Load(source, request), token).WaitAsync(token);
        var isProgram = hosted.Plugin.Manifest.Abi == AbiNames.WasiCommand;
        var function = isProgram ? AbiNames.Start : hosted.FunctionOf(line.GetValue(Function));
        RequireNoArguments(line, isProgram);
        try
        {
            return isProgram ? await RunProgramAsync(line, session, progress, hosted, source, engine, token)
                : line.GetValue(Streamed)
                ? await PassOnAsync(line, session, progress, hosted, function, engine, token)
                : await CallAsync(line, surroundings, progress, hosted, function, engine, token);
        }
        catch (PluginException exception)
        {
            throw new CommandException(hosted.Explain(exception), exception);
        }
        finally
        {
            progress.Dispose();
            LogLines.Print(session, hosted.Logs);
        }
    }

    /// <summary>Streams pass through, and the code that it exits with is that of the command.</summary>
    private static async Task<Answer> RunProgramAsync(
        ParseResult line,
        Session session,
        Progress progress,
        HostedPlugin hosted,
        PluginSource source,
        MeteredEngine engine,
        CancellationToken token)
    {
        // One document has room for the output; as it comes, it would stand beside it.
        var captured = line.GetValue(SessionCommand.Json) ? new MemoryStream() : null;
        await using var input = Input.OpenFile(line, session.Surroundings);
        await using Stream output = captured ?? (Stream)new StreamedOutput(session);
        progress.Dispose();
        engine.ResetPeak();
        var options = new PluginCallOptions
        {
            Arguments = [Path.GetFileName(source.ModulePath), .. ArgumentsOf(line)],
        };
        try
        {
            var result = await hosted.Plugin.CallAsync(AbiNames.Start, input, output, options, token);
            return RunAnswer.Of(hosted, AbiNames.Start, result with { Output = captured?.ToArray() }, engine) with
            {
                IsStreamed = true,
            };
        }
        catch (PluginGuestException exit) when (exit.Phase == PluginPhase.Call)
        {
            output.Flush();
            return new ProgramAnswer(exit.ExitCode);
        }
    }

    private static IEnumerable<string> ArgumentsOf(ParseResult line)
    {
        string?[] arguments = [line.GetValue(Function), Input.TextOf(line), .. line.GetValue(Arguments) ?? []];
        return arguments.OfType<string>();
    }

    private static void RequireNoArguments(ParseResult line, bool isProgram)
    {
        if (!isProgram && line.GetValue(Arguments) is [var first, ..])
        {
            throw CommandException.Usage(
                $"{first} is one argument too many.",
                "Only programs that use WASI have arguments; a function has one input.",
                "Put quotes around an input of several words.");
        }
    }

    private static async Task<Answer> CallAsync(
        ParseResult line,
        Surroundings surroundings,
        Progress progress,
        HostedPlugin hosted,
        string function,
        MeteredEngine engine,
        CancellationToken token)
    {
        progress.Report("reading input…");
        var input = await Input.ReadAsync(line, surroundings, token);
        progress.Report($"{function}…");
        engine.ResetPeak();
        var result = await hosted.Plugin.CallAsync(function, input, cancellationToken: token);
        return RunAnswer.Of(hosted, function, result, engine);
    }

    private static async Task<Answer> PassOnAsync(
        ParseResult line,
        Session session,
        Progress progress,
        HostedPlugin hosted,
        string function,
        MeteredEngine engine,
        CancellationToken token)
    {
        await using var input = Input.Open(line, session.Surroundings);
        await using var output = new StreamedOutput(session);
        progress.Dispose();
        engine.ResetPeak();
        var result = await hosted.Plugin.CallAsync(function, input, output, cancellationToken: token);
        return RunAnswer.Of(hosted, function, result, engine) with
        {
            OutputBytes = output.WrittenBytes, IsStreamed = true,
        };
    }
}

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

namespace Plugins.Cli.Benchmarking;

/// <summary><c>plugins bench</c>: what calls of a function cost, and whether that is within a budget.</summary>
internal static class BenchCommand
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

    private static readonly InputOptions Input = new();

    private static readonly Option<string> Duration = new("--duration", "-d")
    {
        Description = "The time to measure.",
        HelpName = "time",
        DefaultValueFactory = _ => "2s",
    };

    private static readonly Option<string> WarmUp = new("--warm-up")
    {
        Description = "The time to call before measuring, once all is compiled; 0s measures from the first call on.",
        HelpName = "time",
        DefaultValueFactory = _ => "1s",
    };

    private static readonly Option<string?> Calls = new("--calls")
    {
        Description = "The number of calls to end after, if the time is not up before.",
        HelpName = "count",
    };

    private static readonly Option<string> Threads = new("--parallel", "-p")
    {
        Description = "The number of concurrent calls.",
        HelpName = "count",
        DefaultValueFactory = _ => "1",
    };

    private static readonly Option<string?> BudgetOption = new("--budget")
    {
        Description = "A JSON file with limits on what calls may cost; exit code 1 if they cost more.",
        HelpName = "file",
    };

    private static readonly HostingOptions Hosting = new();

    internal static Command Create(Surroundings surroundings)
    {
        var command = new Command("bench", "Measures calls of a function: calls per second, fuel, memory and latency.")
        {
            Plugin, Function,
        };
        Input.AddTo(command);
        command.Add(Duration);
        command.Add(WarmUp);
        command.Add(Calls);
        command.Add(Threads);
        command.Add(BudgetOption);
        Hosting.AddTo(command);
        command.Answers(surroundings, RunAsync);
        return command;
    }

    private static async Task<Answer> RunAsync(ParseResult line, Session session, CancellationToken token)
    {
        var surroundings = session.Surroundings;
        var duration = TimeOf(line.GetRequiredValue(Duration), "--duration");
        var warmUp = TimeOf(line.GetRequiredValue(WarmUp), "--warm-up");
        var threads = ThreadsOf(line.GetRequiredValue(Threads));
        var calls = CallsOf(line.GetValue(Calls));
        var budget = BudgetOf(line.GetValue(BudgetOption), surroundings);
        var source = PluginSource.Open(
            surroundings, line.GetRequiredValue(Plugin), line.GetValue(Hosting.Manifest), mayBeText: true);
        var request = Hosting.Read(line, surroundings, source);
        using var engine = request.Engine;
        using var progress = new Progress(surroundings, "warming up…");
        using var hosted = await Task.Run(() => HostedPlugin.Load(source, request), token);
        var function = hosted.FunctionOf(line.GetValue(Function));
        var input = await Input.ReadAsync(line, surroundings, token);
        try
        {
            if (warmUp > TimeSpan.Zero)
            {
                await hosted.Plugin.WarmUpAsync(cancellationToken: token);
            }

            await new Measurement(hosted, function, input, surroundings.Time).RunAsync(warmUp, calls, threads, token);
        }
        catch (PluginException exception)
        {
            throw new CommandException(hosted.Explain(exception), exception);
        }

        progress.Report($"measuring for {Page.Time(duration.TotalMilliseconds)}…");
        engine.ResetPeak();
        var measurement = new Measurement(hosted, function, input, surroundings.Time);
        await measurement.RunAsync(duration, calls, threads, token);
        var answer = BenchAnswer.Of(hosted, function, input.Length, threads, measurement, engine);
        return answer with { Budget = budget?.Judge(answer) };
    }

    private static Budget? BudgetOf(string? path, Surroundings surroundings) => path is null ? null : Budget.Read(
        BoundedFile.Read(surroundings.PathOf(path), BoundedFile.MaximumSignatureBytes, "budget"), path);

    private static TimeSpan TimeOf(string text, string option) =>
        Quantity.TryTime(text, out var time) && time >= TimeSpan.Zero && time <= TimeSpan.FromHours(1)
            ? time
            : throw CommandException.Usage(
                $"{option} {text} is not a time of at most an hour.", null,
                    $"Write it as in {option} 500ms or {option} 5s.");

    private static int ThreadsOf(string text) =>
        Quantity.TryCount(text, out var threads) && threads is > 0 and <= 64
            ? (int)threads
            : throw CommandException.Usage(
                $"--parallel {text} is not a number from 1 to 64.", null, "Write it as in --parallel 4.");

    private static long CallsOf(string? text) => text is null ? long.MaxValue
        : Quantity.TryCount(text, out var calls) && calls > 0 ? calls
        : throw CommandException.Usage(
            $"--calls {text} is not a number of calls.", null, "Write it as in --calls 10k.");
}

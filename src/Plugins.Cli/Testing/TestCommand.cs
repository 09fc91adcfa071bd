using System.CommandLine;
using Plugins.Cli.Answers;
using Plugins.Cli.Commands;
using Plugins.Cli.Failures;
using Plugins.Cli.Files;
using Plugins.Cli.Hosting;
using Plugins.Cli.Sources;
using Plugins.Cli.Terminals;
using Plugins.Testing.Cases;
using Plugins.Testing.Kit;

namespace Plugins.Cli.Testing;

/// <summary><c>plugins test</c>: runs a plugin's cases, once or at every build.</summary>
internal static class TestCommand
{
    private const string KitName = "the conformance kit";

    private static readonly Argument<string> Plugin = new("plugin")
    {
        Description = "A folder with plugin.wasm, such as ., or a .wasm file.",
    };

    private static readonly Option<string?> CasesOption = new("--cases")
    {
        Description = "The case file. Default: cases.json beside the module.",
        HelpName = "file",
    };

    private static readonly Option<bool> Kit = new("--kit")
    {
        Description = "Runs the conformance kit for guest SDKs instead of a case file.",
    };

    private static readonly Option<string?> Filter = new("--filter", "-f")
    {
        Description = "Runs only cases whose names contain this text.",
        HelpName = "text",
    };

    private static readonly Option<bool> Watch = new("--watch", "-w")
    {
        Description = "Runs the cases again whenever module, manifest or cases change, until Ctrl+C.",
    };

    private static readonly HostingOptions Hosting = new();

    internal static Command Create(Surroundings surroundings)
    {
        var command = new Command(
            "test", "Runs a plugin's test cases: inputs with the outputs or failures expected of them.")
        {
            Plugin, CasesOption, Kit, Filter, Watch,
        };
        Hosting.AddWithoutTrust(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(Kit) && result.GetValue(CasesOption) is not null)
            {
                result.AddError("--kit brings its own cases, so that --cases has no place beside it.");
            }

            if (result.GetValue(Watch) && result.GetValue(SessionCommand.Json))
            {
                result.AddError("--json is one document, and --watch never ends.");
            }
        });
        command.Answers(surroundings, RunAsync);
        return command;
    }

    private static async Task<Answer> RunAsync(ParseResult line, Session session, CancellationToken token)
    {
        if (!line.GetValue(Watch))
        {
            return await RunOnceAsync(line, session, token);
        }

        var module = session.Surroundings.PathOf(line.GetRequiredValue(Plugin));
        var watch = new FileWatch(session.Surroundings.Time, FilesOf(module, line, session.Surroundings));
        while (true)
        {
            session.Deliver(await AttemptAsync(line, session, token));
            session.Page.Line();
            session.Page.Line("Waiting for a change; Ctrl+C ends it.", Tone.Dim);
            session.Flush();
            await watch.ChangedAsync(token);
        }
    }

    // A build in progress leaves no module, or half of one: that is told, and the next change awaited.
    private static async Task<Answer> AttemptAsync(ParseResult line, Session session, CancellationToken token)
    {
        try
        {
            return await RunOnceAsync(line, session, token);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return new ErrorAnswer("test", Explanation.Of(exception));
        }
    }

    private static async Task<Answer> RunOnceAsync(ParseResult line, Session session, CancellationToken token)
    {
        var surroundings = session.Surroundings;
        var source = PluginSource.Open(
            surroundings, line.GetRequiredValue(Plugin), line.GetValue(Hosting.Manifest), mayBeText: true);
        var path = line.GetValue(Kit) ? KitName : CasesPath(source.ModulePath, line, surroundings);
        var file = line.GetValue(Kit) ? ConformanceKit.Default : PluginCaseFile.Parse(
            BoundedFile.Read(path, BoundedFile.MaximumJsonBytes, "case file"), path);
        var chosen = Choose(file, source, line.GetValue(Filter), path);
        var request = Hosting.Read(line, surroundings);
        using var engine = request.Engine;
        var runner = new TestedCases(source, file, request);
        var began = surroundings.Time.GetTimestamp();
        var results = new List<CaseResult>(chosen.Length);
        using (var progress = new Progress(surroundings, "compiling…"))
        {
            foreach (var test in chosen)
            {
                token.ThrowIfCancellationRequested();
                results.Add(await Task.Run(() => runner.RunAsync(test, token), token));
                progress.Report($"{results.Count} of {chosen.Length} cases");
            }
        }

        return new TestAnswer
        {
            Plugin = source.Name,
            File = path,
            Cases = results,
            NotRun = file.Cases.Count - chosen.Length,
            DurationMs = surroundings.Time.GetElapsedTime(began).TotalMilliseconds,
        };
    }

    private static PluginCase[] Choose(PluginCaseFile file, PluginSource source, string? filter, string path)
    {
        PluginCase[] chosen =
        [
            .. file.For(source.Name)
                .Where(test => filter is null || test.Name.Contains(filter, StringComparison.OrdinalIgnoreCase)),
        ];
        return chosen.Length > 0 ? chosen : throw CommandException.Usage(
            $"{path} has no case to run.",
            filter is null ? $"None of its cases is for the plugin {source.Name}." : $"No name contains {filter}.",
            "A test that runs nothing proves nothing: add a case, or choose others.");
    }

    private static string CasesPath(string module, ParseResult line, Surroundings surroundings) =>
        line.GetValue(CasesOption) is { } named
            ? surroundings.PathOf(named)
            : Path.Combine(Path.GetDirectoryName(module)!, PluginCaseFile.DefaultName);

    private static string[] FilesOf(string plugin, ParseResult line, Surroundings surroundings)
    {
        var module = Directory.Exists(plugin) ? Path.Combine(plugin, Manifest.PackageFiles.Module) : plugin;
        var manifest = line.GetValue(Hosting.Manifest) is { } named
            ? surroundings.PathOf(named)
            : Path.Combine(Path.GetDirectoryName(module)!, PluginSource.DraftName);
        return [module, manifest, CasesPath(module, line, surroundings)];
    }
}

using Plugins.Host.Errors;

namespace Plugins.Testing.Cases;

/// <summary>Runs cases, each in a test host of its own.</summary>
/// <remarks>
/// Safe for use by many threads, if the loading function is. The date stands still and randomness is that of
/// <see cref="SeededRandom"/> with seed 0, while time limits run on the system's clock.
/// </remarks>
public sealed class PluginCaseRunner
{
    private readonly PluginCaseFile _file;
    private readonly Func<PluginTestHost, TestedPlugin> _load;

    /// <summary>Makes a runner.</summary>
    /// <param name="file">The file that the cases belong to.</param>
    /// <param name="load">
    /// Loads the plugin into a host that has the case's grants, settings, variables, functions and limits already; it
    /// may change the host's options before.
    /// </param>
    public PluginCaseRunner(PluginCaseFile file, Func<PluginTestHost, TestedPlugin> load)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(load);
        _file = file;
        _load = load;
    }

    /// <summary>Runs one case.</summary>
    /// <param name="case">A case of the file.</param>
    /// <param name="cancellationToken">Cancels the calls of the case.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task<PluginCaseResult> RunAsync(PluginCase @case, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(@case);
        var check = new CaseCheck(@case);
        TestedCall? last = null;
        using var host = new PluginTestHost(new TestClock { LimitsRunOnSystemTime = true }, new SeededRandom());
        try
        {
            Prepare(host, @case);
            var plugin = _load(host);
            if (plugin.IsInProcess && @case.NeedsSandbox is { } reason)
            {
                return new PluginCaseResult
                {
                    Name = @case.Name, Outcome = PluginCaseOutcome.Skipped, SkippedBecause = reason,
                };
            }

            var calls = await CallAsync(plugin, @case, cancellationToken).ConfigureAwait(false);
            last = calls[^1];
            check.Calls(calls);
            check.Logs(host.Logs);
            check.Variables(plugin.Variables);
        }
        catch (PluginException failure)
        {
            check.Failure(failure);
        }
        catch (ArgumentException wrong)
        {
            check.NotRunnable(wrong.Message);
        }

        return ResultOf(@case, check, last);
    }

    private static PluginCaseResult ResultOf(PluginCase @case, CaseCheck check, TestedCall? last) => new()
    {
        Name = @case.Name,
        Outcome = check.Differences.Count == 0 ? PluginCaseOutcome.Passed : PluginCaseOutcome.Failed,
        Fuel = last?.Result?.FuelConsumed,
        Duration = last?.Result?.Duration,
        Differences = check.Differences,
    };

    private static async Task<TestedCall[]> CallAsync(
        TestedPlugin plugin, PluginCase @case, CancellationToken cancellation)
    {
        var function = FunctionOf(plugin, @case.Function);
        var calls = new Task<TestedCall>[@case.Parallel];
        for (var index = 0; index < calls.Length; index++)
        {
            calls[index] = @case.IsStreamed
                ? plugin.CallStreamedAsync(function, @case.Input, null, cancellation)
                : plugin.CallAsync(function, @case.Input, null, cancellation);
        }

        return await Task.WhenAll(calls).ConfigureAwait(false);
    }

    private static string FunctionOf(TestedPlugin plugin, string? name)
    {
        var (id, functions) = (plugin.Plugin.Id, plugin.Plugin.Manifest.Functions);
        if (name is null)
        {
            return functions.Count == 1
                ? functions[0].Name
                : throw new ArgumentException($"{id} has {functions.Count} functions.");
        }

        return functions.Any(function => function.Name == name)
            ? name
            : throw new ArgumentException($"{id} has no function {name}.");
    }

    private void Prepare(PluginTestHost host, PluginCase @case)
    {
        host.Grant(@case.Grants);
        host.Limits = @case.Limits;
        foreach (var (key, value) in @case.Config)
        {
            host.Configure(key, value);
        }

        foreach (var (name, value) in @case.Variables)
        {
            host.SetVariable(name, value);
        }

        if (@case.Host is { } application)
        {
            _file.Hosts[application].AddTo(host);
        }
    }
}

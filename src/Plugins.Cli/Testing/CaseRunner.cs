using Plugins.Cli.Failures;
using Plugins.Cli.Hosting;
using Plugins.Cli.Sources;
using Plugins.Cli.Testing.Cases;
using Plugins.Host.Errors;
using Plugins.Manifest.Permissions;

namespace Plugins.Cli.Testing;

/// <summary>Runs cases, each in a host of its own; the module is compiled once.</summary>
internal sealed class CaseRunner(PluginSource source, CaseFile file, HostRequest common)
{
    internal async Task<CaseResult> RunAsync(TestCase test, CancellationToken token)
    {
        var check = new CaseCheck(test);
        var call = CaseCall.None;
        try
        {
            using var hosted = HostedPlugin.Load(source, RequestFor(test));
            var calls = await Task.WhenAll(
                Enumerable.Range(0, test.Parallel).Select(_ => CallAsync(hosted, test, token)));
            call = calls[^1];
            check.Calls(calls);
            check.Logs(hosted.Logs.Entries);
            await check.VariablesAsync(hosted, token);
        }
        catch (PluginException failure)
        {
            call = CaseCall.Of(failure);
            check.Calls([call]);
        }
        catch (CommandException wrong)
        {
            check.NotRunnable(wrong.Complaint);
        }

        return new CaseResult(test.Name, check.Differences.Count == 0, call.Fuel, call.DurationMs, check.Differences);
    }

    private static async Task<CaseCall> CallAsync(HostedPlugin hosted, TestCase test, CancellationToken token)
    {
        var function = hosted.FunctionOf(test.Function);
        try
        {
            if (!test.Streams)
            {
                var result = await hosted.Plugin.CallAsync(function, test.Input, cancellationToken: token);
                return CaseCall.Of(result, result.Output);
            }

            using var input = new TricklingStream(test.Input);
            using var output = new MemoryStream();
            var streamed = await hosted.Plugin.CallAsync(function, input, output, cancellationToken: token);
            return CaseCall.Of(streamed, output.ToArray());
        }
        catch (PluginException failure)
        {
            return CaseCall.Of(failure);
        }
    }

    // An application that offers functions grants them; everything else is granted by name.
    private HostRequest RequestFor(TestCase test)
    {
        var host = test.Host is null ? null : file.Hosts[test.Host];
        var offered = host?.Functions.Select(name => new PermissionGrant(name)) ?? [];
        return common with
        {
            Grants = [.. common.Grants, .. test.Grants, .. offered],
            Config = Merge(common.Config, test.Config),
            Variables = Merge(common.Variables, test.Variables),
            Wishes = test.Limits,
            AddFunctions = host is null ? null : host.AddTo,
        };
    }

    private static Dictionary<string, TValue> Merge<TValue>(
        IReadOnlyDictionary<string, TValue> common, IReadOnlyDictionary<string, TValue> own) =>
        common.Concat(own)
            .GroupBy(pair => pair.Key, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Last().Value, StringComparer.Ordinal);
}

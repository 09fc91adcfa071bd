using Plugins.Cli.Hosting;
using Plugins.Cli.Sources;
using Plugins.Host.Limits;
using Plugins.Testing;
using Plugins.Testing.Cases;

namespace Plugins.Cli.Testing;

/// <summary>Runs cases on a plugin as it lies on the disk, with what the command line says about its host.</summary>
internal sealed class TestedCases(PluginSource source, PluginCaseFile file, HostRequest request)
{
    internal async Task<CaseResult> RunAsync(PluginCase test, CancellationToken token)
    {
        var runner = new PluginCaseRunner(file, host => Load(host, test));
        return CaseResult.Of(await runner.RunAsync(test, token));
    }

    // The case's own settings and variables are there already, and come before those of the command line.
    private TestedPlugin Load(PluginTestHost host, PluginCase test)
    {
        host.Options.Engine = request.Engine;
        host.Options.DefaultLimits = request.Limits.Apply(PluginLimits.Default);
        host.Options.MaximumLimits = request.Limits.Apply(PluginLimits.DefaultCeiling);
        host.Grant(request.Grants);
        foreach (var (key, value) in request.Config.Where(setting => !test.Config.ContainsKey(setting.Key)))
        {
            host.Configure(key, value);
        }

        foreach (var (name, value) in request.Variables.Where(variable => !test.Variables.ContainsKey(variable.Key)))
        {
            host.SetVariable(name, value);
        }

        var manifest = HostedPlugin.WrittenManifest(source, request.Time.GetUtcNow());
        return host.Load(
            source.Module,
            manifest is null ? null : manifest with { Limits = request.Limits.Override(manifest.Limits) },
            source.Name);
    }
}

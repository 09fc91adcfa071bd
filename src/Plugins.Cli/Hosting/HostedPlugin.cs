using Plugins.Cli.Failures;
using Plugins.Cli.Sources;
using Plugins.Host;
using Plugins.Host.Capabilities.Variables;
using Plugins.Host.Errors;
using Plugins.Host.Limits;
using Plugins.Host.Loading;
using Plugins.Host.Wasi;
using Plugins.Manifest;
using Plugins.Manifest.Permissions;
using Plugins.Manifest.Text;

namespace Plugins.Cli.Hosting;

/// <summary>A plugin in a host of its own; disposing it ends both.</summary>
internal sealed class HostedPlugin : IDisposable
{
    private static readonly PluginId NoId = PluginId.Parse("local/plugin");

    private readonly PluginHost _host;

    private readonly HashSet<string> _stubs;

    private HostedPlugin(
        PluginHost host, Plugin plugin, LogCollector logs, MemoryVariableStore variables, HostRequest request)
    {
        _host = host;
        _stubs = [.. request.Stubs.Keys];
        Plugin = plugin;
        Logs = logs;
        Variables = variables;
    }

    internal Plugin Plugin { get; }

    internal LogCollector Logs { get; }

    internal MemoryVariableStore Variables { get; }

    /// <summary>Loads it: verified where somebody is trusted, else as its author would try it.</summary>
    internal static HostedPlugin Load(PluginSource source, HostRequest request)
    {
        var logs = new LogCollector();
        var variables = new MemoryVariableStore();
        var manifest = request.Trust is null ? ManifestOf(source, request) : null;
        var host = new PluginHost(OptionsOf(request, logs, variables));
        try
        {
            // Whoever names a file on the command line means the plugin that says it is in it.
            var id = manifest?.Id ?? ClaimedBy(source)?.Id;
            var settings = new PluginLoadOptions
            {
                ExpectedId = id,
                Configuration = request.Config,
                SourceMap = source.SourceMap,
                CanonicalizesNaNs = request.CanonicalizesNaNs,
            };
            Fill(variables, VariableKey.OwnerOf(id ?? NoId, isSigned: manifest is null), request);
            var plugin = manifest is null
                ? host.Load(source.Module, source.SignatureFile ?? [], settings)
                : host.LoadUnsigned(source.Module, manifest, settings);
            if (manifest is not null && source.SignatureFile is not null)
            {
                logs.AddNote("The signature was not checked; --key or --trust says whom to trust.");
            }

            RequireKnown(request.Config.Keys, plugin.Manifest);
            return new HostedPlugin(host, plugin, logs, variables, request);
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }

    /// <summary>The function to call; its name may be left out where there is only one.</summary>
    internal string FunctionOf(string? name)
    {
        var names = Plugin.Manifest.Functions.Select(function => function.Name).ToArray();
        if (name is null ? names.Length == 1 : names.Contains(name, StringComparer.Ordinal))
        {
            return name ?? names[0];
        }

        throw CommandException.Usage(
            name is null ? $"{Plugin.Id} has {names.Length} functions." : $"{Plugin.Id} has no function {name}.",
            names is [var only] ? $"Its only function is {only}." : $"It has {string.Join(", ", names)}.",
            name is null ? "Name one of them after the plugin."
                : NearestName.To(name, names) is { } near ? $"Did you mean {near}?"
                : names is [var first] ? $"If that is its input, name the function first: {first} {ShellWord.Of(name)}"
                : "Name one of those after the plugin.");
    }

    /// <summary>What a failed call means, with the permissions that the plugin had to do without.</summary>
    internal Complaint Explain(PluginException exception)
    {
        var complaint = PluginExplanation.Of(exception);
        PermissionDecision[] missing =
        [
            .. Plugin.Grant.Decisions.Where(decision => decision.Restrictions.Count > 0 || !IsOffered(decision)),
        ];
        var names = missing.Select(decision => decision.Request.Name).Distinct(StringComparer.Ordinal);
        return missing.Length == 0 || exception is not (PluginGuestException or PluginTrapException) ? complaint
            : complaint with
            {
                Why = $"{complaint.Why} It had to do without {string.Join(", ", names)}.",
                Next = $"If it needs that, add {GrantFlags.Of(missing)}",
            };
    }

    private bool IsOffered(PermissionDecision decision) =>
        GrantFlags.IsOffered(decision.Request.Name) || _stubs.Contains(decision.Request.Name);

    /// <summary>The author's manifest, else what the signature file claims; null where nobody wrote one.</summary>
    internal static PluginManifest? WrittenManifest(PluginSource source, DateTimeOffset now) =>
        source.Draft is not null ? ManifestDraft.Complete(source, now) : ClaimedBy(source);

    public void Dispose() => _host.Dispose();

    private static PluginHostOptions OptionsOf(HostRequest request, LogCollector logs, MemoryVariableStore variables)
    {
        var stubs = request.Stubs.Keys.Select(name => new PermissionGrant(name));

        // What comes and goes by the command line itself was given by whoever typed it.
        PermissionGrant[] own =
            [new PermissionGrant(PermissionNames.WasiArguments), new PermissionGrant(PermissionNames.WasiStreams)];
        var options = new PluginHostOptions
        {
            AllowUnsigned = request.Trust is null,
            TrustPolicy = request.Trust,
            Audience = request.Audience,
            Permissions = PermissionCeiling.Of([.. request.Grants, .. stubs, .. own, .. request.Wasi.Grants]),
            Wasi = new PluginWasiOptions
            {
                Directories = request.Wasi.Directories, Environment = request.Wasi.Environment,
            },
            DefaultLimits = request.Limits.Apply(PluginLimits.Default),
            MaximumLimits = request.Limits.Apply(PluginLimits.DefaultCeiling),
            Engine = request.Engine,
            LoggerFactory = logs,
            Variables = variables,
            TimeProvider = request.Time,
        };
        options.ModuleLimits = request.Limits.Apply(options.ModuleLimits);
        foreach (var (name, function) in request.Stubs)
        {
            options.AddFunction(name, function);
        }

        return options;
    }

    private static PluginManifest ManifestOf(PluginSource source, HostRequest request)
    {
        var manifest = WrittenManifest(source, request.Time.GetUtcNow())
            ?? BareModule.ManifestOf(source, new DevelopmentManifestOptions
            {
                ConfigKeys = [.. request.Config.Keys],
                Permissions = PermissionCeiling.Of(request.Grants),
            });
        return manifest with
        {
            Module = ManifestModule.Describe(source.Module),
            Limits = request.Limits.Override(manifest.Limits),
        };
    }

    // The host ignores settings that no manifest lists; whoever types one has made a mistake.
    private static void RequireKnown(IEnumerable<string> keys, PluginManifest manifest)
    {
        if (keys.FirstOrDefault(key => manifest.Config.All(setting => setting.Key != key)) is { } unknown)
        {
            throw CommandException.Usage(
                $"{manifest.Id} has no setting {unknown}.",
                manifest.Config.Count == 0
                    ? "Its manifest lists none."
                    : $"Its manifest lists {string.Join(", ", manifest.Config.Select(setting => setting.Key))}.",
                "Use one of those, or add the key to config in manifest.json.");
        }
    }

    private static PluginManifest? ClaimedBy(PluginSource source) =>
        source.SignatureFile is { } file ? UnverifiedSignature.Read(file)?.Manifest : null;

    private static void Fill(MemoryVariableStore variables, string owner, HostRequest request)
    {
        foreach (var (name, value) in request.Variables)
        {
            var written = variables.WriteAsync(
                new VariableKey(null, owner, name), value, CancellationToken.None);
            if (written.AsTask().GetAwaiter().GetResult() is not VariableWriteResult.Written)
            {
                throw CommandException.Usage(
                    $"The variable {name} does not fit into the store.",
                    "A value has at most 64 KiB, and all of them 1 MiB.",
                    "Use smaller values.");
            }
        }
    }
}

using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Plugins.Host.Catalog;
using Plugins.Host.Configuration;

namespace Plugins.Host.DependencyInjection;

/// <summary>Applies what has changed in the configuration while the application runs, where that is safe.</summary>
/// <remarks>All of a change is checked first: one fault refuses it whole. One change at a time.</remarks>
[SuppressMessage(
    "Design", "CA1001", Justification = "A semaphore has nothing to dispose as long as its wait handle is not used.")]
internal sealed class ConfigurationReload(
    PluginHost host,
    PluginCatalog catalog,
    IOptionsFactory<PluginHostOptions> options,
    IEnumerable<ConfiguredCatalog> configured) : IHostedService
{
    // What a host goes by when it loads; all else it is made with.
    private static readonly HashSet<string> Applied = new(StringComparer.OrdinalIgnoreCase)
    {
        nameof(PluginHostOptions.TrustPolicy), nameof(PluginHostOptions.Audience),
        nameof(PluginHostOptions.AllowUnsigned), nameof(PluginHostOptions.Permissions),
        nameof(PluginHostOptions.DefaultLimits), nameof(PluginHostOptions.MaximumLimits),
        nameof(PluginHostOptions.ModuleLimits),
    };

    private readonly ConfiguredCatalog[] _sections = [.. configured];
    private readonly SemaphoreSlim _turn = new(1);
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<IDisposable> _watches = [];

    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var section in _sections)
        {
            _watches.Add(ChangeToken.OnChange(
                section.Configuration.GetReloadToken, () => _ = Task.Run(() => ApplyAsync(section))));
        }

        // What changed since the catalog was made.
        _ = Task.WhenAll(_sections.Select(section => Task.Run(() => ApplyAsync(section), cancellationToken)));
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _watches.ForEach(watch => watch.Dispose());
        await _stopping.CancelAsync().ConfigureAwait(false);
    }

    /// <summary>Applies one section as it is now.</summary>
    internal async Task ApplyAsync(ConfiguredCatalog section)
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            var before = section.Image;
            SettingsImage now;
            PluginHostOptions changed;
            CatalogSettings settings;
            do
            {
                // Once more where it changed meanwhile, so that all of it is of one moment.
                now = SettingsImage.Of(section.Configuration);
                changed = options.Create(Options.DefaultName);
                settings = CatalogSettings.Read(section.Configuration, section.Root, section.Time);
            }
            while (!now.IsSame(SettingsImage.Of(section.Configuration)));

            // After the reading, so that nothing is applied that changed after the stop.
            _stopping.Token.ThrowIfCancellationRequested();
            section.Image = now;
            await ApplyAsync(before, section, settings, changed).ConfigureAwait(false);
        }
        catch (OptionsValidationException exception)
        {
            CatalogLog.ConfigurationRefused(host.Environment.Logger, string.Join(' ', exception.Failures));
        }
        catch (Exception exception) when (!_stopping.IsCancellationRequested)
        {
            // Of the application's own code that sets options; nobody waits for this task.
            CatalogLog.ConfigurationRefused(host.Environment.Logger, exception.Message);
        }
        catch (OperationCanceledException)
        {
            // The application stops, and so does what it was loading.
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task ApplyAsync(
        SettingsImage before, ConfiguredCatalog section, CatalogSettings settings, PluginHostOptions changed)
    {
        var now = section.Image;
        var keys = before.FindChanges(now).ToLookup(Applied.Contains);
        var path = (section.Configuration as IConfigurationSection)?.Path;
        var prefix = path is null ? string.Empty : path + ConfigurationPath.KeyDelimiter;
        var names = settings.Plugins.Select(plugin => plugin.Entry.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        string[] later =
        [
            .. keys[false].Select(key => prefix + key),
            .. before.Plugins.Keys.Where(name => !names.Contains(name))
                .Select(name => $"{prefix}{CatalogSettings.Key}:{name} (removed)"),
        ];
        if (later.Length > 0)
        {
            CatalogLog.ConfigurationNeedsRestart(host.Environment.Logger, string.Join(", ", later));
        }

        var isRuled = keys[true].Any();
        if (isRuled)
        {
            host.Adopt(changed);
            CatalogLog.ConfigurationApplied(
                host.Environment.Logger, string.Join(", ", keys[true].Select(key => prefix + key)));
        }

        foreach (var plugin in settings.Plugins)
        {
            await ApplyAsync(plugin, before, now).ConfigureAwait(false);
        }

        if (isRuled)
        {
            await Task.WhenAll(catalog.Plugins.Select(plugin => plugin.Deployment.RenewAsync(_stopping.Token)))
                .ConfigureAwait(false);
        }
    }

    private async Task ApplyAsync(PluginSettings plugin, SettingsImage before, SettingsImage now)
    {
        var name = plugin.Entry.Name;
        if (!catalog.TryGet(name, out var present))
        {
            CatalogLog.ConfigurationApplied(host.Environment.Logger, plugin.Path);
            await catalog.AddAsync(plugin.Entry, _stopping.Token).ConfigureAwait(false);
        }
        else if (!before.Plugins.TryGetValue(name, out var old))
        {
            // It was added in code, or by another section.
            CatalogLog.ConfigurationRefused(
                host.Environment.Logger, $"{plugin.Path} is the name of a plugin that the application has already.");
        }
        else if (old != now.Plugins.GetValueOrDefault(name))
        {
            CatalogLog.ConfigurationApplied(host.Environment.Logger, plugin.Path);
            await present.Deployment.ReconfigureAsync(plugin.Entry, _stopping.Token).ConfigureAwait(false);
        }
        else
        {
            await present.Deployment.ApplyRulesAsync(plugin.Entry, _stopping.Token).ConfigureAwait(false);
        }
    }
}

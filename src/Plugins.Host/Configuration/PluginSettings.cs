using Microsoft.Extensions.Configuration;
using Plugins.Host.Catalog;
using Plugins.Host.Catalog.Sources;
using Plugins.Manifest;
using Plugins.Wasm;

namespace Plugins.Host.Configuration;

/// <summary>One plugin of a catalog, out of the section under its name.</summary>
/// <param name="Path">The section's path.</param>
/// <param name="Entry">The plugin, its source, and what is asked of it.</param>
internal sealed record PluginSettings(string Path, CatalogEntry Entry)
{
    private const string Folder = "Folder";
    private const string Settings = "Settings";

    /// <summary>Null where it has a fault.</summary>
    internal static PluginSettings? Read(
        IConfigurationSection plugin, List<string> faults, string root, TimeProvider time)
    {
        var present = faults.Count;
        var section = new SettingsReader(plugin, faults);
        var path = section.Parsed(Folder, text => System.IO.Path.GetFullPath(text, root));
        var isUnsigned = section.Switch("Unsigned", present: false);
        var options = ReadOptions(section, plugin, faults);
        var isRequired = section.Switch("Required", present: true);
        var loadsAtStart = section.Switch(nameof(CatalogEntry.LoadAtStart), present: true);
        var isWatched = section.Switch(nameof(CatalogEntry.Watch), present: true);
        var isPinned = section.Switch("Pinned", present: false);
        var isEnabled = section.Switch("Enabled", present: true);
        var smokeCall = ReadSmokeCall(section);
        var circuitBreaker = CircuitSettings.Read(section);
        section.RequireKnown();
        if (string.IsNullOrWhiteSpace(plugin.Key))
        {
            faults.Add($"{plugin.Path} has no name.");
        }
        else if (!string.IsNullOrEmpty(plugin.Value))
        {
            faults.Add($"{plugin.Path} must be a section with {Folder}, not a value.");
        }
        else if (path is null && faults.Count == present)
        {
            section.Fail(Folder, "is missing");
        }

        if (path is null || faults.Count > present)
        {
            return null;
        }

        var source = new FolderPluginSource(path, options, new FolderWatchOptions { TimeProvider = time })
        {
            IsUnsigned = isUnsigned,
        };
        return new PluginSettings(plugin.Path, new CatalogEntry(plugin.Key, source)
        {
            IsRequired = isRequired,
            LoadAtStart = loadsAtStart,
            Watch = isWatched,
            IsPinned = isPinned,
            IsEnabled = isEnabled,
            SmokeCall = smokeCall,
            CircuitBreaker = circuitBreaker,
        });
    }

    private static PluginLoadOptions ReadOptions(
        SettingsReader section, IConfigurationSection plugin, List<string> faults)
    {
        var options = new PluginLoadOptions();
        var settings = section.Named(Settings);
        faults.AddRange(settings.Where(setting => setting.Value is null)
            .Select(setting => $"{setting.Path} must be a value, not a section."));
        return options with
        {
            ExpectedId = section.Parsed("Id", PluginId.Parse),
            ExpectedVersion = section.Parsed("Version", SemanticVersionRange.Parse),
            Tenant = section.Text(nameof(options.Tenant)),
            Permissions = PermissionSettings.Read(section, nameof(options.Permissions), faults) ?? options.Permissions,
            Configuration = settings.ToDictionary(
                setting => setting.Key, setting => setting.Value ?? string.Empty, StringComparer.Ordinal),
            AcceptFrozenInitialization = section.Switch(
                nameof(options.AcceptFrozenInitialization), options.AcceptFrozenInitialization),
            CanonicalizesNaNs = section.Switch(nameof(options.CanonicalizesNaNs), options.CanonicalizesNaNs),
            Mode = section.Choice<ExecutionMode>(nameof(options.Mode)),
            WarmUp = section.Switch(nameof(options.WarmUp), options.WarmUp),
        };
    }

    private static Func<Plugin, CancellationToken, Task>? ReadSmokeCall(SettingsReader plugin)
    {
        const string key = "SmokeCall";
        var section = plugin.Section(key);
        var (function, input) = (section.Text("Function"), section.Text("Input"));
        section.RequireKnown();
        if (function is not null)
        {
            return (version, cancellation) => version.CallTextAsync(
                function, input ?? string.Empty, cancellationToken: cancellation);
        }

        if (input is not null)
        {
            plugin.Fail(key, "needs the Function that is called");
        }

        return null;
    }
}

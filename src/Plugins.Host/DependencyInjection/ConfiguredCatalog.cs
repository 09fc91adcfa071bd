using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Plugins.Host.Configuration;

namespace Plugins.Host.DependencyInjection;

/// <summary>The plugins that a section of the application's configuration adds to the catalog.</summary>
internal sealed class ConfiguredCatalog(IConfiguration configuration, IServiceProvider services)
{
    internal IConfiguration Configuration => configuration;

    /// <summary>What the section said, at the latest, when what is applied was read from it.</summary>
    internal SettingsImage Image { get; set; } = SettingsImage.Of(configuration);

    internal CatalogSettings Read()
    {
        Image = SettingsImage.Of(configuration);
        return CatalogSettings.Read(configuration, Root, Time);
    }

    internal string Root => RootOf(services);

    internal TimeProvider Time => services.GetService<TimeProvider>() ?? TimeProvider.System;

    /// <summary>The folder that relative paths begin at.</summary>
    internal static string RootOf(IServiceProvider services) => Path.GetFullPath(
        services.GetService<IHostEnvironment>()?.ContentRootPath is { Length: > 0 } root ? root : ".");
}

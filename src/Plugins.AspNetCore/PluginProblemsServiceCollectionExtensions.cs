using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Plugins.AspNetCore.Problems;

// Where applications look for it, rather than where the folder says.
namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers how failures of plugins are answered.</summary>
/// <remarks>For one thread, while services are registered.</remarks>
public static class PluginProblemsServiceCollectionExtensions
{
    /// <summary>Has <c>UseExceptionHandler</c> answer a <c>PluginException</c> with its problem.</summary>
    /// <param name="services">The application's services.</param>
    /// <returns>The services.</returns>
    /// <remarks>
    /// For endpoints whose own code calls plugins, by typed clients among others; those of <c>MapPlugin</c> do not
    /// need it. Status and type are those of docs/aspnet.md; the guest's own words are not shown.
    /// </remarks>
    public static IServiceCollection AddPluginProblems(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IExceptionHandler, PluginExceptionHandler>());
        return services;
    }
}

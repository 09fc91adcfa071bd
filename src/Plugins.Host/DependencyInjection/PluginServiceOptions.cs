using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Plugins.Host.Capabilities.Variables;
using Plugins.Host.Payloads;

namespace Plugins.Host.DependencyInjection;

/// <summary>
/// Gives the options what the application has registered as services; what it sets itself goes over that.
/// </summary>
internal sealed class PluginServiceOptions(IServiceProvider services) : IConfigureOptions<PluginHostOptions>
{
    public void Configure(PluginHostOptions options)
    {
        options.Services = services;
        options.LoggerFactory = services.GetService<ILoggerFactory>() ?? options.LoggerFactory;
        options.MeterFactory = services.GetService<IMeterFactory>() ?? options.MeterFactory;
        options.TimeProvider = services.GetService<TimeProvider>() ?? options.TimeProvider;
        options.Variables = services.GetService<IVariableStore>() ?? options.Variables;
        options.Payloads = [.. services.GetServices<IPayloadFormat>(), .. options.Payloads];
    }
}

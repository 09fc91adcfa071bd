using System.Net;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Plugins.Host;
using Plugins.Host.Catalog;
using Plugins.Host.Catalog.Sources;
using Plugins.Host.DependencyInjection;
using Plugins.Manifest;

namespace Plugins.AspNetCore.Tests;

/// <summary>A web application with plugins on a real server, on a port of its own.</summary>
internal sealed class Application : IAsyncDisposable
{
    private readonly WebApplication _application;

    private Application(WebApplication application)
    {
        _application = application;
        Client = new HttpClient { BaseAddress = new Uri(application.Urls.First()) };
    }

    internal HttpClient Client { get; }

    internal PluginCatalog Catalog => _application.Services.GetRequiredService<PluginCatalog>();

    internal static async Task<Application> StartAsync(
        Action<PluginsBuilder> addPlugins,
        Action<WebApplication> map,
        Action<PluginHostOptions>? configure = null,
        Action<IServiceCollection>? addServices = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddAuthentication(HeaderAuthentication.Scheme)
            .AddScheme<AuthenticationSchemeOptions, HeaderAuthentication>(HeaderAuthentication.Scheme, null);
        builder.Services.AddAuthorizationBuilder()
            .AddPolicy("operators", policy => policy.RequireAuthenticatedUser());
        builder.Services.AddHealthChecks().AddPlugins();
        addServices?.Invoke(builder.Services);
        addPlugins(builder.Services.AddPlugins(options =>
        {
            options.AllowUnsigned = true;
            configure?.Invoke(options);
        }));
        var application = builder.Build();
        application.UseAuthentication();
        application.UseAuthorization();
        application.MapHealthChecks("/health");
        map(application);
        await application.StartAsync();
        return new Application(application);
    }

    /// <summary>An entry for a committed module, under a manifest made from it and changed.</summary>
    internal static Func<IServiceProvider, CatalogEntry> Module(
        string name, string path, Func<ExportedFunction, ExportedFunction>? change = null, Action? loading = null)
    {
        var module = Host.Tests.Support.GuestFiles.Read(path);
        return _ => new CatalogEntry(name, new DelegatedSource((host, cancellation) =>
        {
            loading?.Invoke();
            using var plain = host.LoadUnsigned(module, cancellationToken: cancellation);
            var manifest = plain.Manifest with
            {
                Functions = [.. plain.Manifest.Functions.Select(function => change?.Invoke(function) ?? function)],
            };
            return host.LoadUnsigned(module, manifest, cancellationToken: cancellation);
        }));
    }

    internal Task<HttpResponseMessage> PostAsync(string path, HttpContent content) => Client.PostAsync(path, content);

    internal Task<HealthReport> CheckAsync() =>
        _application.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();

    internal Task StopAsync() => _application.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _application.DisposeAsync();
    }
}

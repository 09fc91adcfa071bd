using AspNetPricing;
using Microsoft.AspNetCore.Authentication;
using OpenTelemetry;
using Plugins.AspNetCore;
using Plugins.Host;
using Plugins.Host.Telemetry;
using Plugins.Manifest.Trust;

// Settings and plugins lie beside the program, wherever it is started.
var builder = WebApplication.CreateBuilder(new WebApplicationOptions
{
    Args = args, ContentRootPath = AppContext.BaseDirectory,
});
var files = builder.Environment.ContentRootPath;

// Only what acme signed is loaded, and only as acme/pricing 1.x. Nothing is granted, since a price needs nothing.
// Without the plugin the service does not start; a new version in the folder replaces the one that serves.
builder.Services
    .AddPlugins(
        builder.Configuration.GetSection("Plugins"),
        options => options.TrustPolicy = TrustPolicy.FromJson(File.ReadAllBytes(Path.Combine(files, "trust.json"))))
    .AddPlugin("pricing", Path.Combine(files, "plugin"), PluginLoadOptions.For("acme/pricing", "[1.0,2.0)"));

builder.Services.AddHealthChecks().AddPlugins();
builder.Services.AddProblemDetails();

builder.Services.AddAuthentication(OperatorAuthentication.Scheme)
    .AddScheme<AuthenticationSchemeOptions, OperatorAuthentication>(OperatorAuthentication.Scheme, null);
builder.Services.AddAuthorizationBuilder()
    .AddPolicy("operators", policy => policy.RequireRole(OperatorAuthentication.Role));

// Calls, failures, fuel and reloads of plugins, beside ASP.NET's own figures; docs/operations.md lists them.
var telemetry = builder.Services.AddOpenTelemetry()
    .WithMetrics(metrics => metrics.AddMeter(PluginTelemetry.MeterName, "Microsoft.AspNetCore.Hosting"))
    .WithTracing(traces => traces.AddSource(PluginTelemetry.ActivitySourceName, "Microsoft.AspNetCore"));
if (builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is not null)
{
    telemetry.UseOtlpExporter();
}

var app = builder.Build();
app.UseStatusCodePages();
app.UseAuthentication();
app.UseAuthorization();

// Callers see what the plugin says of their cart: it knows nothing but that cart.
app.MapPlugin("/quote", "pricing", "quote", new PluginEndpointOptions { ShowGuestMessages = true });
app.MapPluginAdmin("/admin", policy: "operators");
app.MapHealthChecks("/healthz");

await app.RunAsync();

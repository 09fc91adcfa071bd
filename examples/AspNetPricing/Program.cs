using AspNetPricing;
using Microsoft.AspNetCore.Authentication;
using OpenTelemetry;
using Plugins.AspNetCore;
using Plugins.Host.Telemetry;

// Settings and plugins lie beside the program, wherever it is started.
var builder = WebApplication.CreateBuilder(new WebApplicationOptions
{
    Args = args, ContentRootPath = AppContext.BaseDirectory,
});

// Which plugins, whose, and within which limits: appsettings.json says. Nothing is granted, as a price needs nothing.
// Without the plugin the service does not start; a new version in its folder replaces the one that serves.
builder.Services
    .AddPlugins(builder.Configuration.GetSection("Plugins"))
    .AddClient<IPricing>();

builder.Services.AddHealthChecks().AddPlugins();
builder.Services.AddProblemDetails().AddPluginProblems();
builder.Services.AddOpenApi();

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
app.UseExceptionHandler();
app.UseStatusCodePages();
app.UseAuthentication();
app.UseAuthorization();

// Callers see what the plugin says of their cart: it knows nothing but that cart.
app.MapPlugin("/quote", "pricing", "quote", new PluginEndpointOptions { ShowGuestMessages = true });
app.MapOpenApi();

// The program's own code calls the plugin through an interface; what implements it is generated.
app.MapPost("/shipping", async (Cart cart, IPricing pricing, CancellationToken cancellation) =>
    new { Cents = (await pricing.QuoteAsync(cart, cancellation)).TotalCents >= 5_000 ? 0 : 490 });

app.MapPluginAdmin("/admin", policy: "operators");
app.MapHealthChecks("/healthz");

await app.RunAsync();

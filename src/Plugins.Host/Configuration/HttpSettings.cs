using Microsoft.Extensions.Configuration;
using Plugins.Host.Capabilities.Http;

namespace Plugins.Host.Configuration;

/// <summary>Limits, private hosts and credentials of <c>http.send</c>, out of a section of their own.</summary>
internal static class HttpSettings
{
    internal static void Read(SettingsReader section, PluginHostOptions options, List<string> faults)
    {
        var http = options.Http;
        int Number(string key, int present)
        {
            var (minimum, maximum) = PluginHttpOptions.RangeOf(key);
            return section.Number(key, present, minimum, maximum);
        }

        options.Http = http with
        {
            MaximumUrlLength = Number(nameof(http.MaximumUrlLength), http.MaximumUrlLength),
            MaximumRequestBytes = Number(nameof(http.MaximumRequestBytes), http.MaximumRequestBytes),
            MaximumResponseBytes = Number(nameof(http.MaximumResponseBytes), http.MaximumResponseBytes),
            MaximumHeaders = Number(nameof(http.MaximumHeaders), http.MaximumHeaders),
            MaximumHeaderBytes = Number(nameof(http.MaximumHeaderBytes), http.MaximumHeaderBytes),
            MaximumRedirects = Number(nameof(http.MaximumRedirects), http.MaximumRedirects),
            MaximumRequestsPerCall = Number(nameof(http.MaximumRequestsPerCall), http.MaximumRequestsPerCall),
            MaximumConcurrentRequests = Number(
                nameof(http.MaximumConcurrentRequests), http.MaximumConcurrentRequests),
            MaximumConnectionsPerServer = Number(
                nameof(http.MaximumConnectionsPerServer), http.MaximumConnectionsPerServer),
            ConnectTimeout = section.Time(nameof(http.ConnectTimeout)) ?? http.ConnectTimeout,
            RequestTimeout = section.Time(nameof(http.RequestTimeout)) ?? http.RequestTimeout,
            Decompress = section.Switch(nameof(http.Decompress), http.Decompress),
            PrivateHosts = ReadHosts(section, nameof(http.PrivateHosts)) ?? http.PrivateHosts,
            TraceContextHosts = ReadHosts(section, nameof(http.TraceContextHosts)) ?? http.TraceContextHosts,
        };
        foreach (var item in section.List("Credentials") ?? [])
        {
            AddCredential(item, options, faults);
        }

        section.RequireKnown();
    }

    private static string[]? ReadHosts(SettingsReader section, string key) => section.List(key) is { } hosts
        ? [.. hosts.Select(host => host.Value ?? string.Empty)]
        : null;

    private static void AddCredential(IConfigurationSection item, PluginHostOptions options, List<string> faults)
    {
        var reader = new SettingsReader(item, faults);
        var (destination, header, value) = (reader.Text("Destination"), reader.Text("Header"), reader.Text("Value"));
        reader.RequireKnown();
        if (destination is null || header is null || value is null)
        {
            faults.Add($"{item.Path} must be a section with Destination, Header and Value.");
            return;
        }

        try
        {
            options.AddHttpCredential(destination, header, value);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            faults.Add($"{item.Path} is faulty: {exception.Message}");
        }
    }
}

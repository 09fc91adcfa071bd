using System.Net;
using System.Net.Http;
using Plugins.Host.Capabilities.Http;
using Plugins.Manifest.Permissions;

namespace Plugins.Host;

public sealed partial class PluginHostOptions
{
    /// <summary>What the host adds to requests of plugins.</summary>
    internal IReadOnlyList<HttpCredential> HttpCredentials { get; set; } = [];

    /// <summary>Finds the addresses of names for <c>http.send</c>; null for the system's resolver.</summary>
    internal Func<string, Task<IPAddress[]>>? HostResolver { get; set; }

    /// <summary>Answers plugins' requests in place of the network, for tests.</summary>
    /// <value>Null: they go to the network.</value>
    /// <remarks>
    /// Everything else holds: grants, limits, redirects, credentials. Nothing is resolved or connected, so that no
    /// addresses are checked: what it does with a request is its own business. Used by many threads; not disposed.
    /// </remarks>
    public HttpMessageHandler? HttpHandler { get; set; }

    /// <summary>Adds a secret to plugins' requests for a destination, which plugins use without seeing it.</summary>
    /// <param name="destination">
    /// A pattern as in the scope of <c>http.send</c>, such as <c>api.example.com</c>. It grants nothing.
    /// </param>
    /// <param name="header">The header, such as <c>Authorization</c>; a plugin's own of that name is left out.</param>
    /// <param name="value">The whole value, such as <c>Bearer …</c>: visible ASCII.</param>
    /// <returns>These options.</returns>
    /// <exception cref="FormatException">The destination is no pattern.</exception>
    /// <exception cref="ArgumentException">Header or value cannot be set. The value is not shown.</exception>
    /// <remarks>
    /// Every plugin with a grant for the destination sends it, an unsigned one as well. A redirect does not take it to
    /// another destination. Of several for one header, the last that covers a request is sent.
    /// </remarks>
    public PluginHostOptions AddHttpCredential(string destination, string header, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return HeaderRules.IsValue(value)
            ? AddHttpCredential(destination, header, (_, _) => ValueTask.FromResult<string?>(value))
            : throw new ArgumentException("The value has characters that no header can have.", nameof(value));
    }

    /// <summary>Adds a secret of a provider to plugins' requests, by plugin, tenant and address.</summary>
    /// <param name="destination">
    /// A pattern as in the scope of <c>http.send</c>, such as <c>api.example.com</c>. It grants nothing.
    /// </param>
    /// <param name="header">The header, such as <c>Authorization</c>; a plugin's own of that name is left out.</param>
    /// <param name="provider">
    /// Gives the whole value, or null for none. Called for each request that is covered, on many threads at once; keep
    /// what is costly to get. If it throws, the request fails, and only the exception's type is logged.
    /// </param>
    /// <returns>These options.</returns>
    /// <exception cref="FormatException">The destination is no pattern.</exception>
    /// <exception cref="ArgumentException">The header cannot be set.</exception>
    public PluginHostOptions AddHttpCredential(
        string destination,
        string header,
        Func<HttpCredentialRequest, CancellationToken, ValueTask<string?>> provider)
    {
        ArgumentNullException.ThrowIfNull(destination);
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(provider);
        HttpCredentials = [.. HttpCredentials, new HttpCredential(destination, header, provider)];
        return this;
    }

    internal HttpSender CreateHttpSender() => new(
        Http, HttpCredentials, Permissions.ScopeOf(PermissionNames.HttpSend), HostResolver, HttpHandler);
}

using System.Buffers.Binary;
using System.Net;
using System.Text;
using System.Text.Json;
using Plugins.Host.Capabilities.Http;
using Plugins.Manifest;
using Plugins.Manifest.Permissions;

namespace Plugins.Host.Tests.Capabilities.Http.Support;

/// <summary>The sender of <c>http.send</c> alone, with names that resolve as a test says.</summary>
internal sealed class Sending : IDisposable
{
    private readonly List<HttpCredential> _credentials = [];
    private readonly Lazy<(HttpSender Sender, HttpTransportPool Transports)> _made;
    private HttpCall? _call;

    internal Sending() => _made = new(() =>
    {
        var granted = PermissionScope.Parse(PermissionNames.HttpSend, Granted ?? Scope);
        var sender = new HttpSender(Options, _credentials, granted, Resolve);
        return (sender, sender.CreateTransports());
    });

    internal PluginHttpOptions Options { get; set; } = new() { PrivateHosts = ["*.test"] };

    /// <summary>The plugin's grant.</summary>
    internal string[] Scope { get; set; } = [];

    /// <summary>What the application grants; null for the same.</summary>
    internal string[]? Granted { get; set; }

    /// <summary>Answers of the resolver; loopback for all other names.</summary>
    internal Func<string, IPAddress[]> Names { get; set; } = _ => [IPAddress.Loopback];

    /// <summary>In place of <see cref="Names"/>, where that takes time.</summary>
    internal Func<string, Task<IPAddress[]>>? Resolver { get; set; }

    internal List<string> Resolved { get; } = [];

    internal string? Tenant { get; set; }

    /// <summary>Ends the call.</summary>
    internal CancellationToken Cancellation { get; set; }

    internal int ResultBytes { get; set; } = 1 << 20;

    internal HttpTransportPool Transports => _made.Value.Transports;

    internal HttpCall Call => _call ??= new HttpCall
    {
        Plugin = PluginId.Parse("acme/test"),
        IsSigned = true,
        Tenant = Tenant,
        CallId = "call-1",
        Scope = PermissionScope.Parse(PermissionNames.HttpSend, Scope),
        Transports = Transports,
        ResultBytes = ResultBytes,
    };

    internal Sending Within(params string[] scope)
    {
        Scope = scope;
        return this;
    }

    internal Sending With(
        string destination, string header, Func<HttpCredentialRequest, CancellationToken, ValueTask<string?>> provider)
    {
        _credentials.Add(new HttpCredential(destination, header, provider));
        return this;
    }

    internal Sending With(string destination, string header, string value) =>
        With(destination, header, (_, _) => ValueTask.FromResult<string?>(value));

    /// <summary>Forgets the call, as another one begins.</summary>
    internal void BeginCall(string? tenant = null)
    {
        Tenant = tenant;
        _call = null;
    }

    internal Task<GuestResponse> GetAsync(string url, params (string, string)[] headers) =>
        SendAsync("GET", url, [], headers);

    internal async Task<GuestResponse> SendAsync(
        string method,
        string url,
        byte[]? body = null,
        params (string Name, string Value)[] headers)
    {
        var message = Message(method, url, body ?? [], headers);
        return await _made.Value.Sender.SendAsync(message, Call, Cancellation);
    }

    internal async Task<GuestResponse> SendRawAsync(byte[] message) =>
        await _made.Value.Sender.SendAsync(message, Call, default);

    /// <summary>The failure of a request that must fail.</summary>
    internal static async Task<HttpSendException> FailureOf(Func<Task<GuestResponse>> send) =>
        (await Assert.ThrowsAsync<HttpSendException>(async () => await send()))!;

    internal static byte[] Message(string method, string url, byte[] body, params (string Name, string Value)[] headers)
    {
        var head = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["method"] = method,
            ["url"] = url,
            ["headers"] = headers.Select(header => new[] { header.Name, header.Value }).ToArray(),
        });
        return Message(head, body);
    }

    internal static byte[] Message(byte[] head, byte[] body)
    {
        var prefix = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(prefix, (uint)head.Length);
        return [.. prefix, .. head, .. body];
    }

    internal static string TextOf(GuestResponse response) => Encoding.UTF8.GetString(response.Body.Span);

    public void Dispose()
    {
        if (_made.IsValueCreated)
        {
            _made.Value.Transports.Dispose();
        }
    }

    private Task<IPAddress[]> Resolve(string host)
    {
        lock (Resolved)
        {
            Resolved.Add(host);
        }

        return Resolver?.Invoke(host) ?? Task.FromResult(Names(host));
    }
}

using Plugins.Pdk.Runtime;

namespace Plugins.Pdk.Web;

/// <summary>HTTP requests, with the permission <c>http.send</c> and within its scope.</summary>
/// <remarks>Safe for use by many threads, each with its own runtime.</remarks>
public static class Http
{
    /// <summary>Sends a request and waits for the whole response.</summary>
    /// <exception cref="HostCallException">No response came, or the permission does not cover the request.</exception>
    /// <exception cref="InvalidReplyException">The host answered something else than a response.</exception>
    [UsesCapability(CapabilityNames.HttpSend)]
    public static HttpResponse Send(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        HostReply reply = HostCall.Invoke(
            CapabilityNames.HttpSend, HttpMessages.Write(request), CapabilityImports.HttpSend);
        return HttpMessages.Read(reply.ToArray());
    }

    /// <summary>Sends a <c>GET</c> request and waits for the whole response.</summary>
    /// <exception cref="HostCallException">No response came, or the permission does not cover the request.</exception>
    /// <exception cref="InvalidReplyException">The host answered something else than a response.</exception>
    [UsesCapability(CapabilityNames.HttpSend)]
    public static HttpResponse Get(string url) => Send(new HttpRequest("GET", url));
}

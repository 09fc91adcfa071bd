namespace Plugins.Pdk.Web;

/// <summary>An HTTP request for the host to send.</summary>
/// <param name="Method">The method, such as <c>GET</c>.</param>
/// <param name="Url">The absolute address.</param>
/// <remarks>Immutable and safe for use by many threads as long as nobody changes headers and body.</remarks>
public sealed record HttpRequest(string Method, string Url)
{
    /// <summary>The headers, in the order in which they are sent.</summary>
    /// <value>None unless set.</value>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>The content.</summary>
    /// <value>Empty unless set.</value>
    public ReadOnlyMemory<byte> Body { get; init; }
}

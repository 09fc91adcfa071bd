using System.Text;

namespace Plugins.Testing.Web;

/// <summary>A plugin's request by <c>http.send</c>.</summary>
/// <param name="Method">The method as the plugin wrote it, such as <c>GET</c>.</param>
/// <param name="Url">The address, which is among those granted.</param>
/// <param name="Headers">The headers, in order; a name may occur more than once.</param>
/// <param name="Body">The body; empty where there is none.</param>
/// <remarks>Immutable and safe for use by many threads.</remarks>
public sealed record StubbedRequest(
    string Method, Uri Url, IReadOnlyList<KeyValuePair<string, string>> Headers, ReadOnlyMemory<byte> Body)
{
    /// <summary>The body as text; bytes that are not UTF-8 are replaced.</summary>
    public string Text => Encoding.UTF8.GetString(Body.Span);
}

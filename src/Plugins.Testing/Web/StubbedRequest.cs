using System.Text;

namespace Plugins.Testing.Web;

/// <summary>What a plugin sends with <c>http.send</c>.</summary>
/// <param name="Method">As the plugin wrote it, such as <c>GET</c>.</param>
/// <param name="Url">Where to; within the granted addresses.</param>
/// <param name="Headers">In order; a name may come more than once.</param>
/// <param name="Body">Empty where there is none.</param>
/// <remarks>Immutable and safe for use by many threads.</remarks>
public sealed record StubbedRequest(
    string Method, Uri Url, IReadOnlyList<KeyValuePair<string, string>> Headers, ReadOnlyMemory<byte> Body)
{
    /// <summary>The body as text; what is not UTF-8 is replaced.</summary>
    public string Text => Encoding.UTF8.GetString(Body.Span);
}

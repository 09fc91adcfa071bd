using Plugins.Pdk.Wire;

namespace Plugins.Pdk.Web;

/// <summary>A server's response.</summary>
/// <param name="Status">The status code, also when it means an error.</param>
/// <param name="Headers">Names and values, in the order in which they came.</param>
/// <param name="Body">The content.</param>
/// <remarks>Immutable and safe for use by many threads.</remarks>
public sealed record HttpResponse(
    int Status,
    IReadOnlyList<KeyValuePair<string, string>> Headers,
    ReadOnlyMemory<byte> Body)
{
    /// <summary>Decodes the content as UTF-8, whatever the headers say.</summary>
    /// <exception cref="InvalidTextException">It is not UTF-8.</exception>
    public string GetText() => Utf8Text.Decode(Body.Span);

    /// <summary>The value of the first header with a name, ignoring case, or null.</summary>
    public string? FindHeader(string name)
    {
        foreach ((string key, string value) in Headers)
        {
            if (string.Equals(key, name, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        return null;
    }
}

using System.Text;

namespace Plugins.Testing.Web;

/// <summary>A test's answer to <c>http.send</c>; nothing goes to any network.</summary>
/// <remarks>Immutable and safe for use by many threads.</remarks>
public sealed record StubbedResponse
{
    /// <summary>Makes a response without a body.</summary>
    /// <param name="status">The status code, such as 404.</param>
    public StubbedResponse(int status = 200) => Status = status;

    /// <summary>Makes a response with a text body.</summary>
    /// <param name="text">The body, in UTF-8.</param>
    /// <param name="status">The status code, such as 200.</param>
    public StubbedResponse(string text, int status = 200)
    {
        ArgumentNullException.ThrowIfNull(text);
        Status = status;
        Body = Encoding.UTF8.GetBytes(text);
    }

    /// <summary>The HTTP status code.</summary>
    public int Status { get; init; }

    /// <summary>The headers, in order; a name may occur more than once.</summary>
    /// <value>Empty.</value>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>The body.</summary>
    /// <value>Empty.</value>
    public ReadOnlyMemory<byte> Body { get; init; }
}

using System.Text;

namespace Plugins.Testing.Web;

/// <summary>What a test answers a plugin's <c>http.send</c>; nothing goes to any network.</summary>
/// <remarks>Immutable and safe for use by many threads.</remarks>
public sealed record StubbedResponse
{
    /// <summary>Makes a response without a body.</summary>
    /// <param name="status">Such as 404.</param>
    public StubbedResponse(int status = 200) => Status = status;

    /// <summary>Makes a response with a text.</summary>
    /// <param name="text">The body, in UTF-8.</param>
    /// <param name="status">Such as 200.</param>
    public StubbedResponse(string text, int status = 200)
    {
        ArgumentNullException.ThrowIfNull(text);
        Status = status;
        Body = Encoding.UTF8.GetBytes(text);
    }

    /// <summary>The number that tells how it went.</summary>
    public int Status { get; init; }

    /// <summary>In order; a name may come more than once.</summary>
    /// <value>Empty.</value>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>The body's bytes.</summary>
    /// <value>Empty.</value>
    public ReadOnlyMemory<byte> Body { get; init; }
}

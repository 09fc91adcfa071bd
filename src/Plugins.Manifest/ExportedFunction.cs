using Plugins.Manifest.Text;

namespace Plugins.Manifest;

/// <summary>A function that the application may call, and what goes in and out of it.</summary>
/// <remarks>Immutable and safe for use by many threads.</remarks>
public sealed record ExportedFunction
{
    /// <summary>The module's export, and the name to call it by.</summary>
    public required string Name { get; init; }

    /// <summary>A description in the publisher's words.</summary>
    /// <value><see langword="null"/> by default.</value>
    public string? Description { get; init; }

    /// <summary>Media type of the input, such as <c>application/json</c>.</summary>
    /// <value><see langword="null"/> by default: any bytes.</value>
    public string? InputMediaType { get; init; }

    /// <summary>Media type of the output, such as <c>text/plain</c>.</summary>
    /// <value><see langword="null"/> by default: any bytes.</value>
    public string? OutputMediaType { get; init; }

    /// <summary>JSON Schema of the input, as the exact JSON text in the manifest.</summary>
    /// <value><see langword="null"/> by default: not stated.</value>
    /// <remarks>At most 64 KiB; its syntax is checked as JSON, not as a schema.</remarks>
    public string? InputSchema { get; init; }

    /// <summary>JSON Schema of the output, as the exact JSON text in the manifest.</summary>
    /// <value><see langword="null"/> by default: not stated.</value>
    /// <remarks>At most 64 KiB; its syntax is checked as JSON, not as a schema.</remarks>
    public string? OutputSchema { get; init; }

    /// <summary>True if a manifest could list a function of this name.</summary>
    /// <param name="name">An export's name.</param>
    /// <returns>True if it is 1 to 255 characters of printable ASCII without spaces, quotes and backslashes.</returns>
    public static bool IsValidName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length is > 0 and <= PlainName.MaxLength && PlainName.IsValid(name);
    }
}

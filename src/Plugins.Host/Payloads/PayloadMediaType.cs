namespace Plugins.Host.Payloads;

/// <summary>A media type without its parameters, compared without regard to case.</summary>
/// <remarks>Immutable. RFC 6838, section 4.2.</remarks>
public readonly ref struct PayloadMediaType
{
    private readonly ReadOnlySpan<char> _name;

    /// <summary>Parses a media type.</summary>
    /// <param name="text">Such as <c>application/vnd.acme.order+json; charset=utf-8</c>.</param>
    public PayloadMediaType(ReadOnlySpan<char> text)
    {
        int parameters = text.IndexOf(';');
        _name = (parameters < 0 ? text : text[..parameters]).Trim(" \t");
    }

    /// <summary>True for the same type and subtype.</summary>
    /// <param name="name">Such as <c>application/json</c>.</param>
    public bool Is(ReadOnlySpan<char> name) => _name.Equals(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>True for a subtype with a structured syntax suffix. RFC 6838, section 4.2.8.</summary>
    /// <param name="suffix">Such as <c>+json</c>.</param>
    public bool HasSuffix(ReadOnlySpan<char> suffix) =>
        _name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase)
        && _name[..^suffix.Length] is [_, .., not '/'] front
        && front.IndexOf('/') > 0;

    /// <summary>The type and the subtype.</summary>
    /// <returns>The text without parameters and the space around it.</returns>
    public override string ToString() => _name.ToString();
}
